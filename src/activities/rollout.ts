import type { ServiceRef, TargetSpec } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import { shortDigest, type Digest, type Revision } from '../domain/revision';
import type { Weights } from '../domain/rollout/plan';
import { observes, type Fence, type FleetState, type TrafficState } from '../domain/target-state';
import type { ClaimOrder, ClaimResult, DrainResult, QueueResult } from '../ports/traffic-router';
import { asActivity, beating, pause, type Running } from './activity-context';
import { awaitHealthy, type AwaitHealthyInput } from './await-healthy';
import type { ActivityDependencies } from './dependencies';

interface Effect {
  readonly ref: ServiceRef;
  readonly fence: Fence;
}

export interface LaunchInput extends Effect {
  readonly revision: Revision;
  readonly size: number;
  readonly token: string;
}

export interface SmokeInput {
  readonly ref: ServiceRef;
  readonly revision: Digest;
  readonly path: string;
  readonly requests: number;
}

/** Phase 8 and everything that undoes it: each moves the target by one step and may run twice. */
export interface RolloutActivities {
  claimTarget(input: ClaimOrder): Promise<ClaimResult>;
  releaseTarget(input: Effect): Promise<void>;
  ensureRoute(input: Effect & { readonly target: TargetSpec }): Promise<void>;
  launchFleet(input: LaunchInput): Promise<FleetState>;
  awaitHealthy(input: AwaitHealthyInput): Promise<FleetState>;
  smokeTest(input: SmokeInput): Promise<void>;
  /** Commands the weights and answers once they are observed. */
  shiftTraffic(input: Effect & { readonly weights: Weights }): Promise<TrafficState>;
  drainFleet(
    input: Effect & { readonly revision: Digest; readonly timeoutMs: number },
  ): Promise<DrainResult>;
  retireFleet(
    input: Effect & { readonly revision: Digest; readonly drainMs: number },
  ): Promise<void>;
  reduceFleet(
    input: Effect & { readonly revision: Digest; readonly size: number; readonly drainMs: number },
  ): Promise<FleetState>;
  /** The fleet stands by without weight until then, whatever becomes of the engine. */
  parkFleet(
    input: Effect & {
      readonly revision: Digest;
      readonly untilMs: number;
      readonly drainMs: number;
    },
  ): Promise<void>;
  queueRequests(input: Effect & { readonly mostWaitMs: number }): Promise<TrafficState>;
  releaseRequests(input: Effect): Promise<QueueResult>;
}

export function createRolloutActivities(deps: ActivityDependencies): RolloutActivities {
  const { fleet, router } = deps;
  return {
    claimTarget: asActivity((order, { signal }) => router.claim(order, signal)),
    releaseTarget: asActivity((order, { signal }) => router.release(order, signal)),
    ensureRoute: asActivity((order, { signal }) => router.ensureRoute(order, signal)),
    launchFleet: asActivity((order, { signal }) => fleet.ensure(order, signal)),
    awaitHealthy: asActivity((input, running) => awaitHealthy(deps, input, running)),
    smokeTest: asActivity((input, running) => smokeTest(deps, input, running)),
    shiftTraffic: asActivity((input, running) => shiftTraffic(deps, input, running)),
    drainFleet: asActivity((order, running) =>
      beating(running, () => router.drain(order, running.signal)),
    ),
    retireFleet: asActivity((order, running) =>
      beating(running, () => fleet.retire(order, running.signal)),
    ),
    reduceFleet: asActivity((order, running) =>
      beating(running, () => fleet.reduce(order, running.signal)),
    ),
    parkFleet: asActivity((order, { signal }) => fleet.park(order, signal)),
    queueRequests: asActivity((order, { signal }) => router.queueRequests(order, signal)),
    releaseRequests: asActivity((order, { signal }) => router.releaseRequests(order, signal)),
  };
}

const SMOKE_TIMEOUT_MS = 5_000;

async function smokeTest(
  { router }: ActivityDependencies,
  input: SmokeInput,
  { signal, heartbeat }: Running,
): Promise<void> {
  for (let request = 1; request <= input.requests; request += 1) {
    heartbeat({ request, of: input.requests });
    const { status, problem } = await router.smoke(
      { ...input, timeoutMs: SMOKE_TIMEOUT_MS },
      signal,
    );
    if (status === null || status >= 500) {
      throw new BelayError(
        'SMOKE_FAILED',
        `Smoke request ${request} of ${input.requests} to ${input.path} of ${shortDigest(input.revision)} ` +
          `${status === null ? `had no answer (${problem ?? 'unknown'})` : `was answered ${status}`}. ` +
          'No user saw this revision.',
        { next: 'Read its lines with `belay logs`.' },
      );
    }
  }
}

const OBSERVE_EVERY_MS = 100;

/** Commanded is not observed: the answer of the write is read back until both agree, or the attempt fails. */
async function shiftTraffic(
  deps: ActivityDependencies,
  input: Effect & { readonly weights: Weights },
  { signal }: Running,
): Promise<TrafficState> {
  let traffic = await deps.router.setWeights(input, signal);
  const giveUpAt = deps.clock() + deps.capabilities.settleMs * 3;
  while (!observes(traffic, input.weights)) {
    if (deps.clock() > giveUpAt) {
      throw new BelayError(
        'WEIGHT_NOT_OBSERVED',
        `The router was told ${described(input.weights)} but gives ${described(traffic.observed)}. ` +
          'Nothing is scaled down meanwhile; it is tried again.',
        { next: "Look at `observed` in `belay status`, and at the platform's log." },
      );
    }
    await pause(OBSERVE_EVERY_MS, signal);
    traffic = await deps.router.observe(input.ref, signal);
  }
  return traffic;
}

function described(weights: Weights): string {
  const shares = Object.entries(weights).map(
    ([digest, share]) => `${share} % to ${shortDigest(digest)}`,
  );
  return shares.length === 0 ? 'nothing to anybody' : shares.join(' and ');
}

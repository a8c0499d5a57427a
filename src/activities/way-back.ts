import type { ServiceRef } from '../domain/deployment';
import type { Digest } from '../domain/revision';
import { validateStable } from '../domain/rollback/validate-stable';
import type { RollbackValidation } from '../domain/rollback/rollback-analysis';
import { assembleWayBack } from '../domain/rollback/way-back';
import type { Step, WayBack } from '../domain/rollout/plan';
import type { StableEntry } from '../domain/service-record';
import { BelayError } from '../domain/errors';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';
import { lookAgain } from './look-again';

export interface WayBackInput {
  readonly ref: ServiceRef;
  readonly wayBack: WayBack;
  /** What is to serve again; null: nothing did. */
  readonly stable: StableEntry | null;
  readonly candidate: Digest;
  readonly drainMs: number;
  readonly startWithinMs: number;
}

export interface ValidationInput {
  readonly ref: ServiceRef;
  readonly deploymentId: string;
  readonly stable: Digest;
  /** How many instances are to be healthy. */
  readonly wanted: number;
  /** From stable observed with everybody's traffic. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What the way back needs to know about the target as it really stands. */
export interface WayBackActivities {
  planWayBack(input: WayBackInput): Promise<readonly Step[]>;
  /** Looks again and again until the window is over. */
  validateRollback(input: ValidationInput): Promise<RollbackValidation>;
}

export function createWayBackActivities(deps: ActivityDependencies): WayBackActivities {
  return {
    planWayBack: asActivity(async ({ ref, stable, ...input }, { signal }) => {
      const [fleets, traffic] = await Promise.all([
        deps.fleet.describe(ref, signal),
        deps.router.observe(ref, signal),
      ]);
      const { capabilities } = deps;
      return assembleWayBack({
        ...input,
        stable: stable?.revision ?? null,
        fleets,
        traffic,
        capabilities,
      });
    }),
    validateRollback: asActivity((input, { signal }) => validateRollback(deps, input, signal)),
  };
}

const LOOK_EVERY_MS = 1_000;

async function validateRollback(
  deps: ActivityDependencies,
  input: ValidationInput,
  signal: AbortSignal,
): Promise<RollbackValidation> {
  const { lagMs, resolutionMs } = deps.capabilities;
  if (deps.clock() < input.untilMs + lagMs + resolutionMs) throw lookAgain(LOOK_EVERY_MS);
  const { ref, stable, fromMs, untilMs, wanted, deploymentId } = input;
  const [fleets, evidence, windows] = await Promise.all([
    deps.fleet.describe(ref, signal),
    deps.evidence.read(deploymentId, 0),
    readWindows(deps, input, signal),
  ]);
  const after = windows.map(({ revisions }) => revisions[stable]);
  const earlier = evidence
    .filter(({ window }) => window.fromMs + window.intervalMs <= fromMs)
    .map(({ window }) => window.arms.stable);
  return validateStable({
    windowMs: untilMs - fromMs,
    after: after.filter((window) => window !== undefined),
    earlier: earlier.filter((window) => window !== null),
    healthy: fleets.find(({ revision }) => revision === stable)?.healthy ?? 0,
    wanted,
  });
}

/** A source that does not answer is no data, not a failed way back. */
async function readWindows(
  deps: ActivityDependencies,
  { ref, stable, fromMs, untilMs }: ValidationInput,
  signal: AbortSignal,
): ReturnType<ActivityDependencies['metrics']['windows']> {
  try {
    const query = { ref, revisions: [stable], fromMs, toMs: untilMs };
    return await deps.metrics.windows(query, signal);
  } catch (error) {
    if (error instanceof BelayError && error.code === 'METRICS_UNAVAILABLE') return [];
    throw error;
  }
}

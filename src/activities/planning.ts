import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json';
import type { DeploymentRequest, ServiceRef } from '../domain/deployment';
import type { Revision } from '../domain/revision';
import { assemblePlan, refusePlan, type PlanInput } from '../domain/rollout/assemble-plan';
import type { StrategyConfig } from '../domain/rollout/strategy';
import { planFingerprint, type PlannedRollout } from '../domain/rollout/plan';
import type { FleetState, TrafficState } from '../domain/target-state';
import type { ServiceRecord } from '../domain/service-record';
import { asActivity, pause } from './activity-context';
import type { ActivityDependencies } from './dependencies';
import { sourceProblems, trafficPerSecond } from './plan-evidence';

export interface TargetDescription {
  readonly traffic: TrafficState;
  readonly fleets: readonly FleetState[];
  readonly record: ServiceRecord;
}

export interface PlanningInput {
  readonly request: DeploymentRequest;
  readonly revision: Revision;
}

export type PlanningResult =
  | { readonly kind: 'planned'; readonly planned: PlannedRollout; readonly stable: Revision | null }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** Phase 6: read the target, then assemble plan and digest in one go, so that a better planner never breaks a replay. */
export interface PlanningActivities {
  describeTarget(input: ServiceRef): Promise<TargetDescription>;
  assembleRollout(input: PlanningInput): Promise<PlanningResult>;
}

export function createPlanningActivities(deps: ActivityDependencies): PlanningActivities {
  return {
    describeTarget: asActivity((ref, { signal }) => describeTarget(deps, ref, signal)),
    assembleRollout: asActivity(async ({ request, revision }, { signal }) => {
      const target = await describeTarget(deps, request, signal);
      const { stable } = target.record;
      const serving = { request, stable: stable?.revision.digest ?? null };
      const problems = await sourceProblems(deps, serving, signal);
      const { notes, strategy } = await servable(deps, { request, target }, signal);
      const input = planInput(deps, request, {
        revision,
        stable: stable?.revision ?? null,
        stableInstances: stableInstances(target),
        standingBy: standingBy(target, revision),
        trafficPerSecond: await trafficPerSecond(
          deps,
          { ref: request, stable: serving.stable },
          signal,
        ),
        strategy,
        // The way back never waits for somebody else's metrics.
        notes: request.restores === null ? notes : [...problems, ...notes],
      });
      const reasons = [...refusePlan(input), ...(request.restores === null ? problems : [])];
      if (reasons.length > 0) return { kind: 'refused', reasons };
      const plan = assemblePlan(input);
      const digest = `sha256:${createHash('sha256')
        .update(canonicalJson(planFingerprint(plan)))
        .digest('hex')}`;
      return { kind: 'planned', planned: { plan, digest }, stable: stable?.revision ?? null };
    }),
  };
}

async function describeTarget(
  deps: ActivityDependencies,
  ref: ServiceRef,
  signal: AbortSignal,
): Promise<TargetDescription> {
  const [traffic, fleets, record] = await Promise.all([
    deps.router.observe(ref, signal),
    deps.fleet.describe(ref, signal),
    deps.records.read(ref),
  ]);
  return { traffic, fleets, record: whatStillStands(record, { traffic, fleets }) };
}

/**
 * A recorded revision whose fleet is gone (a target that was emptied by hand) serves nobody and cannot be gone back to. Under
 * a claim that is still open it can: a rollout stopped it for a while.
 */
function whatStillStands(
  record: ServiceRecord,
  { traffic, fleets }: Pick<TargetDescription, 'traffic' | 'fleets'>,
): ServiceRecord {
  if (isLeftOpen(traffic)) return record;
  const stands = fleets.some(({ revision }) => revision === record.stable?.revision.digest);
  return stands ? record : { ...record, stable: null };
}

/** What stable runs on when the plan begins: where a dead run left less of it, it is made whole again first. */
function stableInstances({ traffic, fleets, record: { stable } }: TargetDescription): number {
  if (stable === null) return 0;
  const standing = fleets.find((fleet) => fleet.revision === stable.revision.digest)?.size ?? 0;
  return isLeftOpen(traffic) ? Math.max(standing, stable.instances) : standing;
}

/** A fleet that a live deployment left for an undo: it goes only when this candidate is about to serve. */
function standingBy({ fleets, record: { warm } }: TargetDescription, { digest }: Revision): number {
  if (warm?.revision.digest === digest) return 0;
  return fleets.find(({ revision }) => revision === warm?.revision.digest)?.size ?? 0;
}

const LOOKS = 4;
const LOOK_EVERY_MS = 1_500;

interface Planned {
  readonly request: DeploymentRequest;
  readonly target: TargetDescription;
}

/** Nothing can be split with a revision that cannot serve: whoever mends it goes to everybody at once. */
async function servable(
  deps: ActivityDependencies,
  { request, target }: Planned,
  signal: AbortSignal,
): Promise<Pick<PlanInput, 'strategy' | 'notes'>> {
  const { notes, strategy } = request;
  const splits = strategy.kind === 'canary' || strategy.kind === 'rolling';
  if (!splits || !(await isDead(deps, { request, target }, signal))) return { strategy, notes };
  const note = `No instance of stable can serve: there is nothing to split with, so that all traffic goes at once (${strategy.kind} is asked for).`;
  return { strategy: { kind: 'blue-green' }, notes: [note, ...notes] };
}

/** Not at a single look: a probe that flaps must not turn a canary into a switch. */
async function isDead(
  deps: ActivityDependencies,
  { request, target }: Planned,
  signal: AbortSignal,
): Promise<boolean> {
  const digest = target.record.stable?.revision.digest;
  let { fleets } = target;
  for (let look = 1; ; look += 1) {
    const standing = fleets.find(({ revision }) => revision === digest);
    if (standing === undefined || standing.size === 0 || standing.healthy > 0) return false;
    if (look === LOOKS) return true;
    await pause(LOOK_EVERY_MS, signal);
    fleets = await deps.fleet.describe(request, signal);
  }
}

function isLeftOpen({ claim }: TrafficState): boolean {
  return claim !== null && !claim.released;
}

function planInput(
  deps: ActivityDependencies,
  request: DeploymentRequest,
  roles: {
    readonly revision: Revision;
    readonly stable: Revision | null;
    readonly stableInstances: number;
    readonly standingBy: number;
    readonly trafficPerSecond: number | null;
    readonly strategy: StrategyConfig;
    readonly notes: readonly string[];
  },
): PlanInput {
  return {
    service: request.service,
    environment: request.environment,
    stable: roles.stable?.digest ?? null,
    stableInstances: roles.stableInstances,
    standingBy: roles.standingBy,
    candidate: roles.revision,
    instances: request.instances,
    strategy: roles.strategy,
    verify: request.verify,
    rollbackWindowMs: request.rollbackWindowMs,
    criteria: request.criteria,
    monitoring: request.monitoring,
    trafficPerSecond: roles.trafficPerSecond,
    capabilities: deps.capabilities,
    startWithinMs: request.run.startWithinMs,
    drainMs: request.run.drainMs,
    notes: roles.notes,
  };
}

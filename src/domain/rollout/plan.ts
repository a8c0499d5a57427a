import type { Criterion } from '../analysis/criterion';
import type { OnNoData } from '../monitoring/policy';
import type { Digest, Revision } from '../revision';
import type { BakeLimits, RecreateConfig, StrategyConfig } from './strategy';

/**
 * What a rollout will do, as data: made once, approved by digest, run by the interpreter. Holds no ids, ports or
 * clock times, so that the same request against the same target gives the same plan.
 */
export interface RolloutPlan {
  readonly planVersion: typeof PLAN_VERSION;
  readonly service: string;
  readonly environment: string;
  /** `first`: nothing serves yet. */
  readonly strategy: 'first' | StrategyConfig['kind'];
  readonly stable: Digest | null;
  readonly candidate: Revision;
  readonly instances: number;
  readonly steps: readonly Step[];
  /** How traffic comes back to stable, from any moment of the rollout until warm ends. */
  readonly wayBack: WayBack;
  readonly criteria: readonly PlannedCriterion[];
  /** What the target cannot give, what has no effect, what to know before saying yes. */
  readonly notes: readonly string[];
}

/** The interpreter refuses any other before it acts. */
export const PLAN_VERSION = 1;

export interface PlannedCriterion {
  readonly criterion: Criterion;
  /** The step in which its whole duration has been observed for the first time; null: in none. */
  readonly completeIn: string | null;
}

export type Step =
  | LaunchStep
  | AwaitHealthyStep
  | SmokeStep
  | ShiftStep
  | BakeStep
  | AskStep
  | DrainStep
  | ReduceStep
  | RetireStep
  | QueueRequestsStep
  | ReleaseRequestsStep;
export type StepKind = Step['kind'];
/** Which phase of the deployment runs the step. */
export type StepPhase = 'rollout' | 'verify' | 'warm' | 'finish' | 'rollback';

interface StepBase {
  /** Unique and stable inside a plan: `03-shift-20`. */
  readonly id: string;
  readonly phase: StepPhase;
  /** One line for people, at most 200 bytes. */
  readonly summary: string;
  /** By when the step has ended one way or the other. */
  readonly deadlineMs: number;
  /** Registered before the step acts; null where there is nothing to undo. */
  readonly undo: Compensation | null;
}

/** A fleet of the revision runs at this size. */
export interface LaunchStep extends StepBase {
  readonly kind: 'launch';
  readonly revision: Digest;
  readonly size: number;
}

export interface AwaitHealthyStep extends StepBase {
  readonly kind: 'awaitHealthy';
  readonly revision: Digest;
  readonly size: number;
}

/** Requests that no user sees, to every instance's health path over the header route. */
export interface SmokeStep extends StepBase {
  readonly kind: 'smoke';
  readonly revision: Digest;
  readonly path: string;
  readonly requests: number;
}

/** Command the weights and read them back. */
export interface ShiftStep extends StepBase {
  readonly kind: 'shift';
  readonly weights: Weights;
}

/** Watch the candidate until it is safe, harmful, or the longest time is over. */
export interface BakeStep extends StepBase {
  readonly kind: 'bake';
  readonly limits: BakeLimits;
  readonly weights: Weights;
  /** At the longest time without a verdict: ask a person, or (in warm, where everything is live) go on. */
  readonly onLongest:
    { readonly kind: 'ask'; readonly deadlineMs: number } | { readonly kind: 'advance' };
  /** At the longest time with too little seen to judge; outranks {@link onLongest}, but in warm. */
  readonly onNoData: OnNoData;
}

/** A person decides; no answer by the deadline means the default. */
export interface AskStep extends StepBase {
  readonly kind: 'ask';
  readonly question: string;
  readonly weights: Weights;
  readonly onDeadline: 'rollback';
}

export interface DrainStep extends StepBase {
  readonly kind: 'drain';
  readonly revision: Digest;
  readonly timeoutMs: number;
}

/** The revision's fleet shrinks to this size, at least 1; what goes is drained first. */
export interface ReduceStep extends StepBase {
  readonly kind: 'reduce';
  readonly revision: Digest;
  readonly size: number;
  readonly drainMs: number;
}

export interface RetireStep extends StepBase {
  readonly kind: 'retire';
  readonly revision: Digest;
  readonly drainMs: number;
}

/** New requests wait at the router instead of being answered, each at most so long. */
export interface QueueRequestsStep extends StepBase {
  readonly kind: 'queueRequests';
  readonly mostWaitMs: number;
}

/** Those that wait go on, by the weights of this moment. */
export interface ReleaseRequestsStep extends StepBase {
  readonly kind: 'releaseRequests';
}

/** Whole percent; sums to 100, or is empty (no traffic at all). */
export type Weights = Readonly<Record<Digest, number>>;

/** Undone by class: weights, then capacity, then scaling; last in, first out inside a class. */
export type Compensation = RestoreWeights | RetireFleet | RestoreFleet;

export interface RestoreWeights {
  readonly class: 'weights';
  readonly kind: 'restore-weights';
  readonly weights: Weights;
}

export interface RetireFleet {
  readonly class: 'capacity';
  readonly kind: 'retire-fleet';
  readonly revision: Digest;
  readonly drainMs: number;
}

/**
 * The stable fleet no longer stands whole: the way back is planned from what is there (see {@link WayBack}) and takes the
 * place of the other compensations.
 */
export interface RestoreFleet {
  readonly class: 'scaling';
  readonly kind: 'restore-fleet';
  readonly revision: Digest;
}

/**
 * `shift`: the old fleet stands whole until warm ends, so that an undo is one weight change. `rolling`: the same batches
 * the other way round, inside the same bounds. `recreate`: the same gap the other way round.
 */
export type WayBack = ShiftBack | RollBack | RecreateBack;

export interface ShiftBack {
  readonly kind: 'shift';
}

export interface RollBack {
  readonly kind: 'rolling';
  readonly instances: number;
  /** Instances, never more at the same time. */
  readonly mostInstances: number;
  /** Instances able to serve, never fewer at the same time. */
  readonly leastAvailable: number;
  /** From the end of the rollout; fewer from before. */
  readonly batches: number;
  /** An undo in warm takes at most about so long: every start and drain at its bound. */
  readonly longestMs: number;
}

export interface RecreateBack {
  readonly kind: 'recreate';
  readonly instances: number;
  readonly mostWaitMs: number;
  readonly overlap: RecreateConfig['overlap'];
  /** An undo in warm takes at most about so long: drain, end and start at their bounds. */
  readonly longestMs: number;
}

export interface PlannedRollout {
  readonly plan: RolloutPlan;
  /** `sha256:…` over {@link planFingerprint}. */
  readonly digest: string;
}

export function stepsOf(plan: RolloutPlan, phase: StepPhase): readonly Step[] {
  return plan.steps.filter((step) => step.phase === phase);
}

/**
 * What the digest covers and an approval binds: revisions, strategy, steps, weights, criteria; not fleet sizes. The batches
 * of a rolling plan, and with them its weights, follow from the size: there another size is another plan.
 */
export function planFingerprint(plan: RolloutPlan): unknown {
  return {
    planVersion: plan.planVersion,
    service: plan.service,
    environment: plan.environment,
    strategy: plan.strategy,
    stable: plan.stable,
    candidate: plan.candidate.digest,
    steps: plan.steps.map(withoutSizes),
    criteria: plan.criteria.map(({ criterion }) => criterion),
  };
}

function withoutSizes(step: Step): unknown {
  const { summary: _summary, ...rest } = step;
  if (rest.kind === 'launch' || rest.kind === 'awaitHealthy' || rest.kind === 'reduce') {
    const { size: _size, ...sizeless } = rest;
    return sizeless;
  }
  if (rest.kind === 'smoke') {
    const { requests: _requests, ...sizeless } = rest;
    return sizeless;
  }
  return rest;
}

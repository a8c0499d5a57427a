import { formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import { oneLine } from '../format/one-line';
import { shortDigest } from '../revision';
import type { PlanInput } from './plan-input';
import type {
  AwaitHealthyStep,
  BakeStep,
  DrainStep,
  LaunchStep,
  RetireStep,
  ShiftStep,
  SmokeStep,
  Step,
  Weights,
} from './plan';
import type { BakeLimits } from './strategy';

/** A step before it has its number; its id becomes `{number}-{name}`. */
export type StepDraft = Drafted<Step>;
type Drafted<S> = S extends Step ? Omit<S, 'id'> & { readonly name: string } : never;

/** How long the platform may take to accept an order. */
const ORDER_MS = 120_000;
const SHIFT_MS = 30_000;
/** The durable timer of a watch rings this long after the longest time. */
export const WATCH_GRACE_MS = 60_000;
/** How long a person has to answer a question; then the rollout goes back. */
export const QUESTION_MS = 30 * 60_000;
const FEWEST_SMOKE_REQUESTS = 3;
const MOST_SMOKE_REQUESTS = 20;
const SUMMARY_BYTES = 200;

/** Starts the candidate, waits for its health, and tries it where no user sees it. */
export function prepareCandidate(input: PlanInput): readonly StepDraft[] {
  return [
    launch(input),
    awaitHealthy(input),
    ...(input.capabilities.headerRoute ? [smoke(input)] : []),
  ];
}

/** Gives the candidate so many percent; back means everything to stable, or nothing on a first deployment. */
export function shift(input: PlanInput, candidateWeight: number): Drafted<ShiftStep> {
  const { candidate, stable, capabilities } = input;
  const rest =
    stable === null || candidateWeight === 100 ? '' : `; ${shortDigest(stable)} keeps the rest`;
  return {
    kind: 'shift',
    name: `shift-${candidateWeight}`,
    phase: 'rollout',
    summary: summarize(
      `Shift ${candidateWeight} % of the traffic to ${shortDigest(candidate.digest)}${rest}`,
    ),
    deadlineMs: capabilities.settleMs + SHIFT_MS,
    undo: { class: 'weights', kind: 'restore-weights', weights: weightsBefore(input) },
    weights: weightsAt(input, candidateWeight),
  };
}

/** Watches the candidate at this weight. */
export function bake(
  input: PlanInput,
  candidateWeight: number,
  limits: BakeLimits,
): Drafted<BakeStep> {
  return {
    ...watch(limits, weightsAt(input, candidateWeight)),
    name: `bake-${candidateWeight}`,
    phase: 'rollout',
    summary: summarize(`Watch at ${candidateWeight} % ${limitsText(limits)}`),
  };
}

/** Watches the candidate with everybody's traffic; afterwards the deployment is live. */
export function verify(input: PlanInput, limits: BakeLimits): Drafted<BakeStep> {
  return {
    ...watch(limits, weightsAt(input, 100)),
    name: 'verify',
    phase: 'verify',
    summary: summarize(`Verify at 100 % ${limitsText(limits)}; then it is live`),
  };
}

/** The undo window: nothing without one. */
export function warm(input: PlanInput): readonly Drafted<BakeStep>[] {
  const windowMs = input.rollbackWindowMs;
  if (windowMs === 0) return [];
  const limits = { leastMs: windowMs, longestMs: windowMs, minimumRequests: 0 };
  const undo =
    input.stable === null
      ? 'an undo leaves nothing serving'
      : `${shortDigest(input.stable)} stands by, undo is one weight change`;
  return [
    {
      ...watch(limits, weightsAt(input, 100)),
      name: 'warm',
      phase: 'warm',
      summary: summarize(`Keep watching for ${formatDuration(windowMs)}: ${undo}`),
      onLongest: { kind: 'advance' },
    },
  ];
}

/** Drains and stops what served before; nothing on a first deployment. */
export function retireStable(input: PlanInput): readonly StepDraft[] {
  if (input.stable === null) return [];
  return [drain(input, input.stable), retire(input, input.stable)];
}

function launch(input: PlanInput): Drafted<LaunchStep> {
  const { candidate, instances, drainMs } = input;
  return {
    kind: 'launch',
    name: 'launch',
    phase: 'rollout',
    summary: summarize(
      `Start ${formatCounted(instances, 'instance')} of ${shortDigest(candidate.digest)}`,
    ),
    deadlineMs: ORDER_MS,
    undo: { class: 'capacity', kind: 'retire-fleet', revision: candidate.digest, drainMs },
    revision: candidate.digest,
    size: instances,
  };
}

function awaitHealthy(input: PlanInput): Drafted<AwaitHealthyStep> {
  const { candidate, instances, startWithinMs } = input;
  return {
    kind: 'awaitHealthy',
    name: 'healthy',
    phase: 'rollout',
    summary: summarize(
      `Wait until ${formatCounted(instances, 'instance is', 'instances are')} healthy, at most ${formatDuration(startWithinMs)}`,
    ),
    deadlineMs: startWithinMs,
    undo: null,
    revision: candidate.digest,
    size: instances,
  };
}

function smoke(input: PlanInput): Drafted<SmokeStep> {
  const { candidate, instances } = input;
  const requests = Math.min(Math.max(instances, FEWEST_SMOKE_REQUESTS), MOST_SMOKE_REQUESTS);
  return {
    kind: 'smoke',
    name: 'smoke',
    phase: 'rollout',
    summary: summarize(
      `Send ${formatCounted(requests, 'request')} that no user sees to ${candidate.health.path}`,
    ),
    // From the most requests, so that the plan's digest does not depend on the fleet's size.
    deadlineMs: MOST_SMOKE_REQUESTS * candidate.health.timeoutMs + SHIFT_MS,
    undo: null,
    revision: candidate.digest,
    path: candidate.health.path,
    requests,
  };
}

function drain(input: PlanInput, stable: string): Drafted<DrainStep> {
  return {
    kind: 'drain',
    name: 'drain',
    phase: 'finish',
    summary: summarize(
      `Let the requests in flight on ${shortDigest(stable)} end, at most ${formatDuration(input.drainMs)}`,
    ),
    deadlineMs: input.drainMs + SHIFT_MS,
    undo: null,
    revision: stable,
    timeoutMs: input.drainMs,
  };
}

function retire(input: PlanInput, stable: string): Drafted<RetireStep> {
  return {
    kind: 'retire',
    name: 'retire',
    phase: 'finish',
    summary: summarize(`Stop the instances of ${shortDigest(stable)}`),
    deadlineMs: input.drainMs + input.candidate.stopGraceMs + ORDER_MS,
    undo: null,
    revision: stable,
    drainMs: input.drainMs,
  };
}

function watch(
  limits: BakeLimits,
  weights: Weights,
): Pick<BakeStep, 'kind' | 'deadlineMs' | 'undo' | 'limits' | 'weights' | 'onLongest'> {
  return {
    kind: 'bake',
    deadlineMs: limits.longestMs + WATCH_GRACE_MS,
    undo: null,
    limits,
    weights,
    onLongest: { kind: 'ask', deadlineMs: QUESTION_MS },
  };
}

function weightsAt(input: PlanInput, candidateWeight: number): Weights {
  const { candidate, stable } = input;
  if (stable === null || candidateWeight === 100) return { [candidate.digest]: 100 };
  return { [stable]: 100 - candidateWeight, [candidate.digest]: candidateWeight };
}

function weightsBefore(input: PlanInput): Weights {
  return input.stable === null ? {} : { [input.stable]: 100 };
}

function limitsText(limits: BakeLimits): string {
  const samples =
    limits.minimumRequests === 0
      ? ''
      : ` and until ${formatCounted(limits.minimumRequests, 'request is', 'requests are')} answered`;
  return `for at least ${formatDuration(limits.leastMs)}${samples}, at most ${formatDuration(limits.longestMs)}`;
}

function summarize(text: string): string {
  return oneLine(text, SUMMARY_BYTES);
}

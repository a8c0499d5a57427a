import { formatCounted } from '../format/count';
import { QUESTION_MS } from '../monitoring/question';
import { formatDuration } from '../format/duration';
import { shortDigest } from '../revision';
import type { Digest } from '../revision';
import type { BakeStep, Compensation, ShiftStep, Weights } from './plan';
import type { PlanInput } from './plan-input';
import { restoreFleet } from './restoring';
import {
  awaitHealthyStep,
  drainStep,
  launchStep,
  retireStep,
  shiftStep,
  SHIFT_MS,
  summarize,
} from './step-drafts';
import type { Drafted, StepDraft } from './step-drafts';
import type { BakeLimits } from './strategy';

/** The durable timer of a watch rings this long after the longest time. */
export const WATCH_GRACE_MS = 60_000;
const FEWEST_SMOKE_REQUESTS = 3;
const MOST_SMOKE_REQUESTS = 20;

/** Starts the candidate, waits for its health, and tries it where no user sees it. */
export function prepareCandidate(input: PlanInput): readonly StepDraft[] {
  return [launch(input), awaitHealthy(input), ...smoke(input, input.instances)];
}

/** Gives the candidate so many percent; back means everything to stable, or nothing on a first deployment. */
export function shift(
  input: PlanInput,
  candidateWeight: number,
  summary = shiftSummary(input, candidateWeight),
): Drafted<ShiftStep> {
  const undo = {
    class: 'weights',
    kind: 'restore-weights',
    weights: weightsBefore(input),
  } as const;
  return shiftStep(
    { name: `shift-${candidateWeight}`, phase: 'rollout', summary, undo },
    { weights: weightsAt(input, candidateWeight), settleMs: input.capabilities.settleMs },
  );
}

/** Watches the candidate at this weight. */
export function bake(
  input: PlanInput,
  candidateWeight: number,
  limits: BakeLimits,
): Drafted<BakeStep> {
  return {
    ...watch(input, limits, weightsAt(input, candidateWeight)),
    name: `bake-${candidateWeight}`,
    phase: 'rollout',
    summary: summarize(`Watch at ${candidateWeight} % ${limitsText(limits)}`),
  };
}

/** Watches the candidate with everybody's traffic; afterwards the deployment is live. */
export function verify(input: PlanInput, limits: BakeLimits): Drafted<BakeStep> {
  return {
    ...watch(input, limits, weightsAt(input, 100)),
    name: 'verify',
    phase: 'verify',
    summary: summarize(`Verify at 100 % ${limitsText(limits)}; then it is live`),
  };
}

/** The undo window: nothing without one. */
export function warm(input: PlanInput, undo = undoByShift(input)): readonly Drafted<BakeStep>[] {
  const windowMs = input.rollbackWindowMs;
  if (windowMs === 0) return [];
  const limits = { leastMs: windowMs, longestMs: windowMs, minimumRequests: 0 };
  return [
    {
      ...watch(input, limits, weightsAt(input, 100)),
      name: 'warm',
      phase: 'warm',
      summary: summarize(`Keep watching for ${formatDuration(windowMs)}: ${undo}`),
      onLongest: { kind: 'advance' },
    },
  ];
}

/** Drains and stops what served before; nothing on a first deployment. */
export function retireStable(input: PlanInput): readonly StepDraft[] {
  return input.stable === null
    ? []
    : drainAndRetire(input, input.stable, { phase: 'finish', undo: null });
}

/** Drains and stops what served before, in the middle of the rollout: from here on an undo has to bring it back. */
export function giveUpStable(input: PlanInput, stable: Digest): readonly StepDraft[] {
  return drainAndRetire(input, stable, { phase: 'rollout', undo: restoreFleet(stable) });
}

/** Requests that no user sees, enough to meet each of so many instances; nothing where the target has no header route. */
export function smoke(input: PlanInput, instances: number): readonly StepDraft[] {
  if (!input.capabilities.headerRoute) return [];
  const { candidate } = input;
  const requests = Math.min(Math.max(instances, FEWEST_SMOKE_REQUESTS), MOST_SMOKE_REQUESTS);
  return [
    {
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
    },
  ];
}

export function retireCandidate({ candidate, drainMs }: PlanInput): Compensation {
  return { class: 'capacity', kind: 'retire-fleet', revision: candidate.digest, drainMs };
}

/** `Shift 20 % of the traffic to b…; a… keeps the rest`. */
export function shiftSummary({ candidate, stable }: PlanInput, candidateWeight: number): string {
  const rest =
    stable === null || candidateWeight === 100 ? '' : `; ${shortDigest(stable)} keeps the rest`;
  return `Shift ${candidateWeight} % of the traffic to ${shortDigest(candidate.digest)}${rest}`;
}

function launch(input: PlanInput): StepDraft {
  const { candidate, instances } = input;
  const summary = `Start ${formatCounted(instances, 'instance')} of ${shortDigest(candidate.digest)}`;
  return launchStep(
    { name: 'launch', phase: 'rollout', summary, undo: retireCandidate(input) },
    { revision: candidate.digest, size: instances },
  );
}

function awaitHealthy(input: PlanInput): StepDraft {
  const { candidate, instances, startWithinMs } = input;
  const summary = `Wait until ${formatCounted(instances, 'instance is', 'instances are')} healthy, at most ${formatDuration(startWithinMs)}`;
  return awaitHealthyStep(
    { name: 'healthy', phase: 'rollout', summary, undo: null },
    { revision: candidate.digest, size: instances, startWithinMs },
  );
}

function drainAndRetire(
  { candidate, drainMs }: PlanInput,
  stable: Digest,
  { phase, undo }: Pick<StepDraft, 'phase' | 'undo'>,
): readonly StepDraft[] {
  const draining = `Let the requests in flight on ${shortDigest(stable)} end, at most ${formatDuration(drainMs)}`;
  const retiring = `Stop the instances of ${shortDigest(stable)}`;
  return [
    drainStep(
      { name: 'drain', phase, summary: draining, undo: null },
      { revision: stable, timeoutMs: drainMs },
    ),
    retireStep(
      { name: 'retire', phase, summary: retiring, undo },
      { revision: stable, drainMs, stopGraceMs: candidate.stopGraceMs },
    ),
  ];
}

function undoByShift({ stable }: PlanInput): string {
  return stable === null
    ? 'an undo leaves nothing serving'
    : `${shortDigest(stable)} stands by, undo is one weight change`;
}

function watch(
  { monitoring }: PlanInput,
  limits: BakeLimits,
  weights: Weights,
): Pick<
  BakeStep,
  'kind' | 'deadlineMs' | 'undo' | 'limits' | 'weights' | 'onLongest' | 'onNoData'
> {
  return {
    kind: 'bake',
    deadlineMs: limits.longestMs + WATCH_GRACE_MS,
    undo: null,
    limits,
    weights,
    onLongest: { kind: 'ask', deadlineMs: QUESTION_MS },
    onNoData: monitoring.onNoData,
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

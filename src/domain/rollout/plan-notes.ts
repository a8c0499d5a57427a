import { formatSeconds } from '../format/duration';
import type { Criterion } from '../analysis/criterion';
import { blindNotes } from './blind-notes';
import { isMeasurable } from './measurable';
import { needsNotes } from './needs-notes';
import { performanceNotes } from './performance-notes';
import type { PlannedCriterion, RolloutPlan } from './plan';
import type { PlanInput } from './plan-input';
import { probeNotes } from './probe-notes';
import { sharpnessNote } from './sharpness-note';
import { strategyNotes } from './strategy-notes';
import type { StrategyConfig } from './strategy';

/** What to know before saying yes: what the target cannot give, and what the judge can see when. */
export function planNotes(
  input: PlanInput,
  { steps, criteria }: Pick<RolloutPlan, 'steps' | 'criteria'>,
): readonly string[] {
  return [
    ...strategyNotes(input),
    ...targetNotes(input),
    ...input.criteria.filter((criterion) => !isMeasurable(input, criterion)).map(unmeasured),
    ...criteria.map(completeness),
    ...comparisonNotes(input, criteria),
    ...probeNotes(input),
    ...needsNotes(input, steps),
    ...blindNotes(input, steps, criteria),
    ...sharpnessNote(input, steps),
    ...performanceNotes(input, steps),
    ...undoNotes(input),
  ];
}

function targetNotes({ capabilities }: PlanInput): readonly string[] {
  const { headerRoute, lease, fence } = capabilities;
  return [
    ...(headerRoute
      ? []
      : ['The target cannot send a request to one revision: no smoke requests.']),
    ...(lease
      ? []
      : [
          'The target has no lease: while no worker runs, a split stays as it is until one returns.',
        ]),
    ...(fence
      ? []
      : [
          'The target cannot refuse late writes by itself: each write is compared before it is made.',
        ]),
  ];
}

function unmeasured(criterion: Criterion): string {
  return `${criterion.id} has no effect: the target reports no latencies.`;
}

function completeness({ criterion, completeIn }: PlannedCriterion): string {
  const rule = `${criterion.id} over ${formatSeconds(criterion.durationMs)}`;
  return completeIn === null
    ? `${rule} is never fully observed by the earliest end of any step: it acts only where a step takes longer.`
    : `${rule} is first complete in ${completeIn}.`;
}

function comparisonNotes(
  input: PlanInput,
  criteria: readonly PlannedCriterion[],
): readonly string[] {
  if (criteria.length === 0) return ['No criteria: nothing measured can roll this back by itself.'];
  if (criteria.every(({ criterion }) => criterion.alsoWhenBaselineBreaches)) return [];
  if (input.stable === null)
    return ['Nothing serves beside it: criteria compare with no stable revision.'];
  const since = SINCE[input.strategy.kind];
  return [`${since} stable gets no requests: verify and warm compare with how it did before.`];
}

const SINCE: Readonly<Record<StrategyConfig['kind'], string>> = {
  'blue-green': 'After the switch',
  canary: 'At 100 %',
  rolling: 'At 100 %',
  recreate: 'After the gap',
};

function undoNotes(input: PlanInput): readonly string[] {
  if (input.stable === null) return ['Nothing serves yet: an undo leaves nothing serving.'];
  if (input.rollbackWindowMs > 0) return [];
  switch (input.strategy.kind) {
    case 'blue-green':
    case 'canary':
      return ['No undo window: the old fleet is retired as soon as this is live.'];
    case 'rolling':
    case 'recreate':
      return ['No undo window: once this is live, only a new deployment goes back.'];
  }
}

import { isBuiltInMetric, METRICS, type Criterion } from '../analysis/criterion';
import { formatCount, formatCounted } from '../format/count';
import { formatSeconds } from '../format/duration';
import {
  candidateWeight,
  expectedOfCandidate,
  expectedOfStable,
  type ExpectedTraffic,
} from './expected-traffic';
import { nameFew } from './name-few';
import { bakesOf } from './observed-span';
import type { BakeStep, PlannedCriterion, Step } from './plan';
import type { PlanInput } from './plan-input';

const MOST_NOTES = 8;

/** Which criteria cannot act in which steps, because they will have too few samples or nobody to compare with. */
export function blindNotes(
  input: PlanInput,
  steps: readonly Step[],
  planned: readonly PlannedCriterion[],
): readonly string[] {
  const bakes = bakesOf(steps);
  const criteria = planned.map(({ criterion }) => criterion);
  const starved = criteria.flatMap((criterion) => starvedNote(input, bakes, criterion));
  const left = starved.slice(MOST_NOTES).length;
  return [
    ...loneNotes(input, bakes, criteria),
    ...starved.slice(0, MOST_NOTES),
    ...(left === 0
      ? []
      : [
          `${formatCounted(left, 'more criterion', 'more criteria')} will have too few samples in some step.`,
        ]),
  ];
}

/** What is held against stable has nobody to be held against once stable gets no traffic. */
function loneNotes(
  input: PlanInput,
  bakes: readonly BakeStep[],
  criteria: readonly Criterion[],
): readonly string[] {
  const relative = criteria.filter(({ comparison }) => comparison === 'relative-to-stable');
  const alone = bakes.filter((step) => expectedOfStable(input, step) === null);
  if (relative.length === 0 || alone.length === 0) return [];
  const names = nameFew(relative.map(({ id }) => id));
  const [verb, they] = relative.length === 1 ? ['compares', 'it'] : ['compare', 'they'];
  const why = alone.length === bakes.length ? '' : ', where stable gets no traffic';
  return [
    `${names} ${verb} with stable beside the candidate: ${they} cannot act in ${placeOf(alone, bakes)}${why}.`,
  ];
}

function starvedNote(
  input: PlanInput,
  bakes: readonly BakeStep[],
  criterion: Criterion,
): readonly string[] {
  const starved = bakes.flatMap((step) => {
    const samples = samplesIn(input, step, criterion);
    const isStarved = samples !== null && samples < criterion.minimumSamples;
    return isStarved ? [{ step, samples }] : [];
  });
  if (starved.length === 0) return [];
  const place = placeOf(
    starved.map(({ step }) => step),
    bakes,
  );
  const thing = isChecked(criterion) ? 'health check' : 'request';
  const needs = formatCounted(criterion.minimumSamples, thing);
  const sees = about(starved.map(({ samples }) => samples));
  return [
    `${criterion.id} cannot act in ${place}: it needs ${needs} in ${formatSeconds(criterion.durationMs)} and sees ${sees}.`,
  ];
}

/** Null: nobody can tell, or the criterion cannot act there for another reason. */
function samplesIn(input: PlanInput, step: BakeStep, criterion: Criterion): number | null {
  if (criterion.source !== null) return null;
  if (isChecked(criterion)) return checksIn(input, step, criterion);
  const own = requestsIn(expectedOfCandidate(input, step), criterion);
  if (criterion.comparison === 'absolute') return own;
  const stable = expectedOfStable(input, step);
  const compared = stable === null ? null : requestsIn(stable, criterion);
  return own === null || compared === null ? null : Math.min(own, compared);
}

function isChecked({ metric }: Criterion): boolean {
  return isBuiltInMetric(metric) && METRICS[metric].needs === 'healthChecks';
}

/** Users' requests decide, probes where those are too few: never both in one figure. */
function requestsIn(
  { users, probes }: ExpectedTraffic,
  { durationMs, minimumSamples }: Criterion,
): number | null {
  const inDuration = (rate: number): number => (rate * durationMs) / 1_000;
  if (inDuration(probes) >= minimumSamples) return inDuration(probes);
  return users === null ? null : inDuration(Math.max(users, probes));
}

function checksIn(input: PlanInput, step: BakeStep, { durationMs }: Criterion): number {
  const { candidate, instances, strategy } = input;
  const share = strategy.kind === 'rolling' ? candidateWeight(input, step) / 100 : 1;
  const checked = Math.max(1, Math.round(instances * share));
  return (checked * durationMs) / candidate.health.intervalMs;
}

function placeOf(some: readonly BakeStep[], all: readonly BakeStep[]): string {
  return some.length === all.length ? 'any step' : nameFew(some.map(({ id }) => id));
}

function about(samples: readonly number[]): string {
  const [least, most] = [Math.min(...samples), Math.max(...samples)].map(Math.floor);
  if (most === 0) return 'none';
  const range =
    least === most
      ? formatCount(most ?? 0)
      : `${formatCount(least ?? 0)} to ${formatCount(most ?? 0)}`;
  return `about ${range}`;
}

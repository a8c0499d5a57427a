import { formatCount, formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import {
  candidateWeight,
  expectedOfCandidate,
  NO_REQUESTS,
  perSecond,
  probesPerSecond,
  rateText,
} from './expected-traffic';
import { nameFew } from './name-few';
import { bakesOf } from './observed-span';
import type { BakeStep, Step } from './plan';
import type { PlanInput } from './plan-input';

/** What each step needs before it may end, and when it will have that at the traffic of now. */
export function needsNotes(input: PlanInput, steps: readonly Step[]): readonly string[] {
  const needing = bakesOf(steps).filter(({ limits }) => limits.minimumRequests > 0);
  if (needing.length === 0) return [];
  if (input.trafficPerSecond === null) return uncountedNotes(input, needing);
  const forecasts = needing.map((step) => forecast(input, step));
  const withEnd = (end: Forecast['end']): readonly Forecast[] =>
    forecasts.filter((one) => one.end === end);
  return [
    ...earlyNote(input, withEnd('early')),
    ...lateNote(input, withEnd('late')),
    ...neverNote(input, withEnd('never')),
  ];
}

interface Forecast {
  readonly step: BakeStep;
  /** Until it has its requests; null: it never gets any. */
  readonly neededMs: number | null;
  /** Whether it has them by its least time, by its longest, or not at all. */
  readonly end: 'early' | 'late' | 'never';
}

function forecast(input: PlanInput, step: BakeStep): Forecast {
  const { leastMs, longestMs, minimumRequests } = step.limits;
  const rate = perSecond(expectedOfCandidate(input, step)) ?? 0;
  if (rate < NO_REQUESTS) return { step, neededMs: null, end: 'never' };
  const neededMs = (minimumRequests / rate) * 1_000;
  if (neededMs <= leastMs) return { step, neededMs, end: 'early' };
  return { step, neededMs, end: neededMs <= longestMs ? 'late' : 'never' };
}

function earlyNote(input: PlanInput, forecasts: readonly Forecast[]): readonly string[] {
  if (forecasts.length === 0) return [];
  const words =
    forecasts.length === 1
      ? 'has the requests that it needs within its least time'
      : 'have the requests that they need within their least time';
  const probes = probesPerSecond(input);
  const probed = probes === 0 ? '' : ` and the ${rateText(probes)} of the probe`;
  return [
    `At the ${rateText(input.trafficPerSecond ?? 0)} requests a second of now${probed}, ${namesOf(forecasts)} ${words}.`,
  ];
}

function lateNote(input: PlanInput, [first, ...others]: readonly Forecast[]): readonly string[] {
  if (first === undefined) return [];
  const { leastMs } = first.step.limits;
  const also =
    others.length === 0 ? '' : ` ${namesOf(others)} wait${plural(others)} for requests, too.`;
  return [
    `${arithmetic(input, first)}, longer than its least time of ${formatDuration(leastMs)}.${also}`,
  ];
}

function neverNote(input: PlanInput, [first, ...others]: readonly Forecast[]): readonly string[] {
  if (first === undefined) return [];
  const longest = formatDuration(first.step.limits.longestMs);
  const end = `it will end without enough (onNoData: ${first.step.onNoData})`;
  const also = others.length === 0 ? '' : ` So will ${namesOf(others)}.`;
  return [`${arithmetic(input, first)}, and its longest time is ${longest}: ${end}.${also}`];
}

/** `05-bake-5 needs 200 requests; 5 % of 2 a second is 0.1 a second: 33 m 20 s`. */
function arithmetic(input: PlanInput, { step, neededMs }: Forecast): string {
  const needs = `${step.id} needs ${formatCounted(step.limits.minimumRequests, 'request')}`;
  if (neededMs === null) return `${needs}; the service gets none now`;
  const { users, probes } = expectedOfCandidate(input, step);
  const all = rateText(input.trafficPerSecond ?? 0);
  const share = `${candidateWeight(input, step)} % of ${all} a second is ${rateText(users ?? 0)} a second`;
  const probed = probes === 0 ? '' : `, and the probe adds ${rateText(probes)}`;
  return `${needs}; ${share}${probed}: ${formatDuration(neededMs)}`;
}

const MOST_KINDS = 3;

/** Nobody could count: what must come, for the steps that ask for the same. */
function uncountedNotes(input: PlanInput, steps: readonly BakeStep[]): readonly string[] {
  const kinds = new Map<string, readonly BakeStep[]>();
  for (const step of steps) {
    const kind = `${step.limits.minimumRequests}/${step.limits.longestMs}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), step]);
  }
  const why =
    input.stable === null
      ? 'Nothing serves yet, so that nobody knows how many requests will come'
      : 'Nobody could count the requests of now';
  const groups = [...kinds.values()];
  const left = groups.slice(MOST_KINDS).flat().length;
  const more = left === 0 ? '' : `; ${formatCounted(left, 'more step')} need others`;
  const needs = groups.slice(0, MOST_KINDS).map((group) => needOf(input, group));
  return [`${why}: ${needs.join('; ')}${more}.`];
}

function needOf(input: PlanInput, steps: readonly BakeStep[]): string {
  const [first] = steps;
  if (first === undefined) return '';
  const { minimumRequests, longestMs } = first.limits;
  const names = nameFew(steps.map(({ id }) => id));
  const verb = steps.length === 1 ? 'needs' : 'need';
  const each = steps.length === 1 ? '' : ' each';
  const { probes } = expectedOfCandidate(input, first);
  const probed = probes === 0 ? '' : `, and the probe brings ${rateText(probes)}`;
  const rate = rateText(minimumRequests / (longestMs / 1_000));
  return `${names} ${verb} ${formatCount(minimumRequests)} requests${each} within ${formatDuration(longestMs)}, which is ${rate} a second to the candidate${probed}`;
}

function namesOf(forecasts: readonly Forecast[]): string {
  return nameFew(forecasts.map(({ step }) => step.id));
}

function plural(forecasts: readonly Forecast[]): string {
  return forecasts.length === 1 ? 's' : '';
}

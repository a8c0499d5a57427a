import { formatCount, formatCounted } from '../format/count';
import { earliestEndMs, expectedOfCandidate, perSecond, probesPerSecond } from './expected-traffic';
import { bakesOf } from './observed-span';
import type { BakeStep, Step } from './plan';
import type { PlanInput } from './plan-input';

/** An error that hits a share p of n requests stays unseen in one of twenty runs where p × n is this. */
const SEEN_EVENTS = 3;

/** How rare an error may be that the step with the fewest requests still sees: nothing where nobody could count. */
export function sharpnessNote(input: PlanInput, steps: readonly Step[]): readonly string[] {
  const [dullest] = bakesOf(steps)
    .filter(({ phase }) => phase !== 'warm')
    .map((step) => ({ step, requests: requestsOf(input, step) }))
    .sort((one, other) => one.requests - other.requests);
  if (dullest === undefined || dullest.requests < 1) return [];
  const { step, requests } = dullest;
  const probed = probesPerSecond(input) === 0 ? '' : ', probes among them';
  const sees = `${step.id} sees about ${formatCounted(Math.floor(requests), 'request')} of the candidate${probed}`;
  const rarest = Math.floor(requests / SEEN_EVENTS);
  return [
    rarest < 2
      ? `${sees}: only an error that hits nearly every request is sure to show in it.`
      : `${sees}: an error that hits fewer than 1 in ${formatCount(rarest)} may not show in it at all.`,
  ];
}

/** Until the step's earliest end. */
function requestsOf(input: PlanInput, step: BakeStep): number {
  const rate = perSecond(expectedOfCandidate(input, step)) ?? 0;
  return (rate * earliestEndMs(step, rate)) / 1_000;
}

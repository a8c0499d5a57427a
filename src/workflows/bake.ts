import type { BakeStep } from '../domain/rollout/plan';
import type { Criterion } from '../domain/analysis/criterion';
import { askPerson } from './ask-person';
import type { Deployment } from './deployment';
import { leaveHarmed } from './leave-harmed';
import { watchFor } from './watch-for';
import { whilePaused } from './while-paused';

const ONE_MINUTE_MS = 60_000;

/** Where the step stands in time; a pause moves all of it. */
interface Dwell {
  leastAtMs: number;
  longestAtMs: number;
}

/** Watches until the candidate is safe, harmful, or the longest time is over; decisions join in. */
export async function bake(deployment: Deployment, step: BakeStep): Promise<string> {
  const { control } = deployment;
  const stepStartedAtMs = Date.now();
  const dwell = dwellFrom(step);
  let criteria: readonly Criterion[] = deployment.planned?.plan.criteria.map(({ criterion }) => criterion) ?? [];
  let timesUnwatched = 0;
  for (;;) {
    await pauseDwell(deployment, step, dwell);
    const isOver = (): boolean => control.hasPromotion || (step.phase === 'warm' && control.yields);
    const watched = await watchFor(deployment, {
      step,
      weights: step.weights,
      limits: step.limits,
      criteria,
      stepStartedAtMs,
      ...dwell,
      graceMs: ONE_MINUTE_MS,
      wake: () => isOver() || control.isPaused,
    });
    if (watched.kind === 'woken') {
      if (control.takePromotion()) return 'promoted by a person';
      if (isOver()) return 'yielded to a newer deployment';
      continue;
    }
    if (watched.kind === 'unwatched') {
      timesUnwatched += 1;
      if (timesUnwatched > 1) return askAboutNothing(deployment, step);
      Object.assign(dwell, dwellFrom(step));
      continue;
    }
    const { end, verdict } = watched.seen;
    if (end === 'harm') leaveHarmed(deployment, verdict);
    if (end === 'safe') return verdict.sentence;
    if (end === 'ask') {
      await askPerson(deployment, step, { question: verdict.sentence, deadlineMs: askDeadlineMs(step) });
      criteria = criteria.filter(({ action }) => action === 'rollback');
      continue;
    }
    if (step.onLongest.kind === 'advance') return verdict.sentence;
    return askPerson(deployment, step, { question: verdict.sentence, ...step.onLongest });
  }
}

function dwellFrom({ limits }: BakeStep): Dwell {
  const nowMs = Date.now();
  return { leastAtMs: nowMs + limits.leastMs, longestAtMs: nowMs + limits.longestMs };
}

/** `pause` stops the dwell clock, not the watch. */
async function pauseDwell(deployment: Deployment, step: BakeStep, dwell: Dwell): Promise<void> {
  const pausedMs = await whilePaused(deployment, step);
  dwell.leastAtMs += pausedMs;
  dwell.longestAtMs += pausedMs;
}

/** The timer rang twice: nobody watched, and that is never a pass. */
function askAboutNothing(deployment: Deployment, step: BakeStep): Promise<string> {
  const question = 'Nobody could watch this step: no verdict exists.';
  return askPerson(deployment, step, { question, deadlineMs: askDeadlineMs(step) });
}

const ASK_DEADLINE_MS = 60 * ONE_MINUTE_MS;

function askDeadlineMs({ onLongest }: BakeStep): number {
  return onLongest.kind === 'ask' ? onLongest.deadlineMs : ASK_DEADLINE_MS;
}

import { condition } from '@temporalio/workflow';
import type { Step } from '../domain/rollout/plan';
import type { Deployment } from './deployment';
import { watchMeanwhile } from './watch-meanwhile';

/** A pause is not a parking place: without a person the safe way is back. */
const PAUSE_DEADLINE_MS = 4 * 60 * 60_000;

/** Waits while a person holds the rollout, watching on where the candidate has traffic. Answers for how long. */
export async function whilePaused(deployment: Deployment, step: Step): Promise<number> {
  const { control, progress } = deployment;
  if (!control.isPaused) return 0;
  const sinceMs = Date.now();
  const untilMs = sinceMs + PAUSE_DEADLINE_MS;
  progress.waits('resume', { untilMs, ifNothing: 'rolled back' });
  const isResumed = deployment.hadUserTraffic
    ? await watchPaused(deployment, step, untilMs)
    : await condition(() => !control.isPaused, PAUSE_DEADLINE_MS);
  progress.waitsNoMore();
  if (!isResumed) {
    const cause = 'The rollout stayed paused until its deadline.';
    deployment.leave({
      outcome: 'rolled-back',
      cause,
      by: null,
      hold: true,
      trigger: 'deadline',
    });
  }
  return Date.now() - sinceMs;
}

async function watchPaused(deployment: Deployment, step: Step, untilMs: number): Promise<boolean> {
  const wake = () => !deployment.control.isPaused;
  return (await watchMeanwhile(deployment, step, { untilMs, graceMs: 0, wake })) === 'woken';
}

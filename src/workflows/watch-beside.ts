import { CancellationScope } from '@temporalio/workflow';
import type { Step } from '../domain/rollout/plan';
import { criteriaMeanwhile } from './criteria-meanwhile';
import type { Deployment } from './deployment';
import { leaveHarmed } from './leave-harmed';
import { watchFor } from './watch-for';

const ONE_MINUTE_MS = 60_000;

/**
 * Does what takes a while, watched where the candidate has traffic meanwhile: between two batches instances start and
 * drain, and users are served by both revisions all the time.
 */
export async function watchBeside(
  deployment: Deployment,
  step: Step,
  body: () => Promise<string>,
): Promise<string> {
  if (step.phase !== 'rollout' || !deployment.hadUserTraffic) return body();
  const work = new CancellationScope({ cancellable: true });
  const done = { isDone: false };
  const working = work.run(body).finally(() => {
    done.isDone = true;
  });
  const harmed = harmDuring(deployment, step, () => done.isDone);
  try {
    return await Promise.race([working, harmed]);
  } finally {
    work.cancel();
    working.catch(() => undefined);
    harmed.catch(() => undefined);
  }
}

/** Never answers: it leaves where the candidate does harm, else it is silent. Watches anew for as long as the work takes. */
async function harmDuring(
  deployment: Deployment,
  step: Step,
  isDone: () => boolean,
): Promise<never> {
  const longestMs = step.deadlineMs + ONE_MINUTE_MS;
  while (!isDone()) {
    const watched = await watchFor(deployment, {
      step,
      weights: deployment.commandedWeights,
      limits: { leastMs: 0, longestMs, minimumRequests: 0 },
      criteria: criteriaMeanwhile(deployment),
      stepStartedAtMs: deployment.stepStartedAtMs,
      leastAtMs: null,
      longestAtMs: Date.now() + longestMs,
      graceMs: ONE_MINUTE_MS,
      wake: isDone,
    });
    if (watched.kind === 'seen' && watched.seen.end === 'harm')
      leaveHarmed(deployment, watched.seen.verdict);
  }
  return new Promise<never>(() => undefined);
}

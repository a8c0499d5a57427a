import { CancellationScope } from '@temporalio/workflow';
import type { Step } from '../domain/rollout/plan';
import type { Deployment } from './deployment';
import { watchMeanwhile } from './watch-meanwhile';

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
    const untilMs = Date.now() + longestMs;
    await watchMeanwhile(deployment, step, { untilMs, graceMs: ONE_MINUTE_MS, wake: isDone });
  }
  return new Promise<never>(() => undefined);
}

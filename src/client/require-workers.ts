import {
  environmentTaskQueue,
  serviceName,
  WORKFLOW_TASK_QUEUE,
  type ServiceRef,
} from '../domain/deployment';
import { BelayError } from '../domain/errors';
import { pause } from './pause';
import type { TemporalRuns } from './temporal-runs';

export interface WorkerWait {
  /** How long a worker may take to appear; default 0: it must be there already. */
  readonly waitForWorkersMs?: number;
}

const PAUSE_MS = 250;

/** Someone polls the queue of workflows and the environment's own. @throws BelayError `NO_WORKER` */
export async function requireWorkers(
  runs: TemporalRuns,
  ref: ServiceRef,
  wait: WorkerWait,
): Promise<void> {
  const endsAtMs = Date.now() + (wait.waitForWorkersMs ?? 0);
  for (;;) {
    const missing = await missingQueues(runs, ref);
    if (missing.length === 0) return;
    if (Date.now() + PAUSE_MS > endsAtMs) throw noWorker(ref, missing);
    await pause(PAUSE_MS);
  }
}

async function missingQueues(runs: TemporalRuns, ref: ServiceRef): Promise<readonly string[]> {
  const environment = environmentTaskQueue(ref.environment);
  const [workflows, activities] = await Promise.all([
    runs.pollers(WORKFLOW_TASK_QUEUE, 'workflow'),
    runs.pollers(environment, 'activity'),
  ]);
  return [
    ...(workflows === 0 ? [WORKFLOW_TASK_QUEUE] : []),
    ...(activities === 0 ? [environment] : []),
  ];
}

function noWorker(ref: ServiceRef, queues: readonly string[]): BelayError {
  return new BelayError(
    'NO_WORKER',
    `No worker takes work from ${queues.join(' and ')}, so that ${serviceName(ref)} cannot be deployed. ` +
      'Nothing was started; traffic stays as it is.',
    {
      next: 'Start one with `belay up`, or in the foreground with `belay worker`.',
      details: { queues },
    },
  );
}

import { serviceName, type ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import { lineWorkflowId } from '../domain/line/line-entry';
import type { LineView } from '../domain/line/line-view';
import type { TemporalRuns } from './temporal-runs';

const QUERY_MS = 2_000;

/** Who waits before the lock; null where no worker could tell. @throws BelayError `TEMPORAL_UNAVAILABLE` */
export async function tryReadLine(runs: TemporalRuns, ref: ServiceRef): Promise<LineView | null> {
  const { service, environment } = ref;
  const nobody: LineView = { service, environment, waiting: [], past: [] };
  const newest = { workflowId: lineWorkflowId(ref), runId: null };
  // A line that has ended would be replayed by a worker for every look.
  if ((await runs.describe(newest))?.state !== 'running') return nobody;
  try {
    return (await runs.queryLine(newest, QUERY_MS)) ?? nobody;
  } catch {
    return null;
  }
}

/** @throws BelayError `NO_WORKER`, `TEMPORAL_UNAVAILABLE` */
export async function readLine(runs: TemporalRuns, ref: ServiceRef): Promise<LineView> {
  const view = await tryReadLine(runs, ref);
  if (view !== null) return view;
  throw new BelayError(
    'NO_WORKER',
    `No worker answered within ${QUERY_MS / 1_000} s who waits in line for ${serviceName(ref)}. ` +
      'Nothing was changed; traffic stays as it is.',
    { next: 'Start one with `belay up`, or in the foreground with `belay worker`.' },
  );
}

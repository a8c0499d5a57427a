import { connectTemporal } from '../../src/client/connection';
import type { DeploymentRun } from '../../src/client';
import { recordHistory } from './history-file';

/** Keeps the run's history for the replay tests under this name; does nothing without `BELAY_RECORD=1`. */
export async function keepHistory(
  address: string,
  run: Pick<DeploymentRun, 'workflowId' | 'runId'>,
  name: string,
): Promise<void> {
  if (process.env['BELAY_RECORD'] !== '1') return;
  const client = await connectTemporal({ address });
  try {
    await recordHistory(client.workflow.getHandle(run.workflowId, run.runId), name);
  } finally {
    await client.connection.close();
  }
}

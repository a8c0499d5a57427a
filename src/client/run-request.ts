import type { Client } from '@temporalio/client';
import type { DeploymentRequest } from '../domain/deployment';
import { historyOf } from './run-history';
import type { RunRef } from './temporal-runs';

/** The first event alone: a long history need not be read for it. Throws what the call throws. */
export async function readRunRequest(
  client: Client,
  { workflowId, runId }: RunRef,
): Promise<DeploymentRequest | null> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  return historyOf((history?.events ?? []).slice(0, 1), (payload) =>
    client.options.loadedDataConverter.payloadConverter.fromPayload(payload),
  ).request;
}

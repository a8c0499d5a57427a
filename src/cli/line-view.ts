import type { DeploymentTarget, StatusView } from '../client/index';
import { sparseStatus } from '../domain/sparse-status';
import { lineWorkflowId } from '../domain/line/line-entry';
import type { CliContext } from './context';

/** What `status` shows of a deployment that waits in line; null: it waits in none. */
export async function lineStatus(
  target: DeploymentTarget,
  context: CliContext,
): Promise<StatusView | null> {
  if (!('deployment' in target)) return null;
  const client = await context.client();
  const place = await client.placeInLine(target.deployment);
  if (place === null) return null;
  const { waiting } = await client.line(place.ref);
  const status = {
    ...sparseStatus(target.deployment, place.ref),
    initiator: place.initiator,
    waitingFor: 'its turn',
    untilMs: place.deadlineMs,
    ifNothing: 'it leaves the line',
  };
  return {
    source: 'line',
    status,
    workflowId: lineWorkflowId(place.ref),
    runId: null,
    because: `it waits in line, place ${place.place} of ${waiting.length}`,
    line: waiting,
  };
}

// Health check of a worker's container: 0 when somebody polls the workflow task queue, else 1.
import { Connection } from '@temporalio/client';
import { root, runTool } from './set-up/tool.mjs';

const workflowTasks = 1;
const answerWithinMs = 8_000;

await runTool(async ({ log }) => {
  const { WORKFLOW_TASK_QUEUE } = await import(`${root}/dist/domain/deployment.js`);
  const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS });
  const { pollers } = await connection.withDeadline(Date.now() + answerWithinMs, () =>
    connection.workflowService.describeTaskQueue({
      namespace: process.env.TEMPORAL_NAMESPACE ?? 'default',
      taskQueue: { name: WORKFLOW_TASK_QUEUE },
      taskQueueType: workflowTasks,
    }),
  );
  await connection.close();
  log(`${pollers.length} worker(s) poll ${WORKFLOW_TASK_QUEUE}`);
  return pollers.length > 0 ? 0 : 1;
});

import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { createActivities, type ActivityDependencies } from '../activities';
import { createLineActivities } from '../activities/line';
import { sdkRuns } from '../client/sdk-runs';
import { environmentTaskQueue, WORKFLOW_TASK_QUEUE } from '../domain/deployment';
import { createDeploymentRuns } from './deployment-runs';

export interface WorkerSettings {
  readonly connection: NativeConnection;
  /** Temporal's frontend, as messages name it. */
  readonly address: string;
  readonly namespace: string;
}

const ROOT = join(__dirname, '..');
const PAYLOAD_CONVERTER = join(ROOT, 'workflows', 'payload-converter.js');
const BUNDLE = join(ROOT, 'workflow-bundle.js');

/** Runs workflows only; it needs no credentials of any environment. */
export function createWorkflowWorker({ connection, namespace }: WorkerSettings): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue: WORKFLOW_TASK_QUEUE,
    workflowBundle: { codePath: BUNDLE },
    dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER },
    // After a worker's death, a decision waits this long before another worker gets to see it.
    stickyQueueScheduleToStartTimeout: '2 seconds',
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '15 seconds',
  });
}

/** Runs the activities of one environment, whose sockets and credentials it has. */
export function createEnvironmentWorker(
  { connection, namespace, address }: WorkerSettings,
  environment: string,
  dependencies: ActivityDependencies,
): Promise<Worker> {
  const deployments = createDeploymentRuns(sdkRuns(new Client({ connection, namespace }), address));
  return Worker.create({
    connection,
    namespace,
    taskQueue: environmentTaskQueue(environment),
    activities: {
      ...createActivities(dependencies),
      ...createLineActivities({ deployments, clock: dependencies.clock }),
    },
    // Longer than any single mutation, so that a planned stop leaves none in between.
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '25 seconds',
    maxHeartbeatThrottleInterval: '2 seconds',
    defaultHeartbeatThrottleInterval: '2 seconds',
  });
}

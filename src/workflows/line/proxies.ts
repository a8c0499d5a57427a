import {
  ActivityCancellationType,
  proxyActivities,
  type ActivityInterfaceFor,
} from '@temporalio/workflow';
import type { LineActivities } from '../../activities/line';
import { environmentTaskQueue } from '../../domain/deployment';

const POLL_MS = 1_000;

/**
 * The line's activities, on the environment's own queue, tried until they answer: time without a worker is no failure.
 * A turn that is broken off is awaited to its end, because it may have started something.
 */
export function lineActivitiesFor(environment: string): ActivityInterfaceFor<LineActivities> {
  return proxyActivities<LineActivities>({
    taskQueue: environmentTaskQueue(environment),
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    startToCloseTimeout: '20 seconds',
    heartbeatTimeout: '6 seconds',
    retry: { initialInterval: POLL_MS, maximumInterval: POLL_MS, backoffCoefficient: 1 },
  });
}

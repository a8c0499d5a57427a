import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { environmentTaskQueue } from '../domain/deployment';

/**
 * The activities of one environment, on its own task queue, by how they fail.
 *
 * No schedule-to-close timeout on anything that moves the target: time without a worker is not a failure. Mutations are cancelled with
 * TRY_CANCEL: the fence of the target refuses a late write, and a rollback need not wait for the activity.
 */
export interface ActivityProxies {
  /** Reads and short computations. */
  readonly reads: ActivityInterfaceFor<Activities>;
  /** Copying, scanning: minutes, with heartbeats. */
  readonly checks: ActivityInterfaceFor<Activities>;
  /** Forward effects: bounded attempts, then the deployment goes back. */
  readonly effects: ActivityInterfaceFor<Activities>;
  /** Effects that take long: waiting for health, draining. */
  readonly longEffects: ActivityInterfaceFor<Activities>;
  /** Polls by failing; the intervals are set so that an ordinary error does not stretch the next one. */
  readonly watches: ActivityInterfaceFor<Activities>;
  /** Whether a decision is genuine: an answer within half a minute, or none. */
  readonly verifications: ActivityInterfaceFor<Activities>;
  /**
   * The way back for traffic: every few seconds, for hours. What a fleet that cannot serve stands in the way of ends at once:
   * whoever asked looks at the target again.
   */
  readonly restores: ActivityInterfaceFor<Activities>;
  /** The way back where instances start and drain: as long as it takes, for hours. */
  readonly longRestores: ActivityInterfaceFor<Activities>;
  /** The way back for capacity, and records: bounded, and the rest goes on. */
  readonly cleanups: ActivityInterfaceFor<Activities>;
}

/** The weights cannot be had as long as a fleet does not answer. */
export const UNSERVABLE: ReadonlySet<string> = new Set([
  'NO_HEALTHY_INSTANCE',
  'WEIGHT_NOT_OBSERVED',
]);

export const POLL_MS = 1_000;

export function proxiesFor(environment: string): ActivityProxies {
  const taskQueue = environmentTaskQueue(environment);
  const cancellationType = ActivityCancellationType.TRY_CANCEL;
  const base = { taskQueue, cancellationType };
  return {
    reads: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '10 seconds',
      retry: { initialInterval: '500ms', maximumInterval: '5 seconds', maximumAttempts: 30 },
    }),
    checks: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '10 minutes',
      heartbeatTimeout: '30 seconds',
      retry: { initialInterval: '1 second', maximumInterval: '10 seconds', maximumAttempts: 8 },
    }),
    effects: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '20 seconds',
      retry: { initialInterval: '500ms', maximumInterval: '5 seconds', maximumAttempts: 20 },
    }),
    longEffects: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '15 minutes',
      heartbeatTimeout: '10 seconds',
      retry: { initialInterval: '500ms', maximumInterval: '5 seconds', maximumAttempts: 20 },
    }),
    watches: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '10 seconds',
      retry: { initialInterval: POLL_MS, maximumInterval: POLL_MS, backoffCoefficient: 1 },
    }),
    verifications: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '5 seconds',
      scheduleToCloseTimeout: '30 seconds',
      retry: { initialInterval: '500ms', maximumInterval: '5 seconds' },
    }),
    restores: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '10 seconds',
      retry: {
        initialInterval: '1 second',
        maximumInterval: '3 seconds',
        backoffCoefficient: 1.5,
        maximumAttempts: 3_600,
        nonRetryableErrorTypes: [...UNSERVABLE],
      },
    }),
    longRestores: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '15 minutes',
      heartbeatTimeout: '10 seconds',
      retry: {
        initialInterval: '1 second',
        maximumInterval: '3 seconds',
        backoffCoefficient: 1.5,
        maximumAttempts: 3_600,
      },
    }),
    cleanups: proxyActivities<Activities>({
      ...base,
      startToCloseTimeout: '2 minutes',
      heartbeatTimeout: '15 seconds',
      retry: { initialInterval: '1 second', maximumInterval: '10 seconds', maximumAttempts: 8 },
    }),
  };
}

import type { Payload } from '@temporalio/common';
import { coresdk, type temporal } from '@temporalio/proto';
import type { WorkflowCommand } from './sandbox';
import { decodeAll, type Failure } from './payloads';
import type { RetryStateValue } from './retry';
import { fromProtoDuration } from './sandbox';

const { ActivityCancellationType } = coresdk.workflow_commands;

type ScheduleCommand = NonNullable<WorkflowCommand['scheduleActivity']>;

/** One scheduled activity, as the server keeps it. */
export interface ScheduledActivity {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly input: readonly unknown[];
  readonly command: ScheduleCommand;
  readonly startToCloseMs: number;
  readonly heartbeatMs: number | null;
  readonly retryPolicy: temporal.api.common.v1.IRetryPolicy;
  readonly scheduledEventId: number;
  state: 'waiting' | 'running' | 'closed';
  attempt: number;
  isCancelRequested: boolean;
  /** Cancelled or ended while no worker had it. */
  isWaiting: boolean;
  /** Carried from one attempt to the next. */
  heartbeatDetails: unknown;
  lastFailure: Failure | null;
  /** Ends the wait for the next attempt, and the timer of the running one. */
  stopWaiting: () => void;
}

export type Closing =
  | { readonly kind: 'completed'; readonly result: Payload }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retryState: RetryStateValue }
  | { readonly kind: 'timed-out'; readonly failure: Failure; readonly retryState: RetryStateValue }
  | { readonly kind: 'cancelled' };

export function scheduledActivity(
  command: ScheduleCommand,
  scheduledEventId: number,
): ScheduledActivity {
  const startToCloseMs = fromProtoDuration(command.startToCloseTimeout);
  if (startToCloseMs === null)
    throw new Error(`${command.activityType} has no startToCloseTimeout`);
  return {
    seq: command.seq ?? 0,
    id: command.activityId ?? '',
    type: command.activityType ?? '',
    input: decodeAll(command.arguments),
    command,
    startToCloseMs,
    heartbeatMs: fromProtoDuration(command.heartbeatTimeout),
    retryPolicy: command.retryPolicy ?? {},
    scheduledEventId,
    state: 'waiting',
    attempt: 0,
    isCancelRequested: false,
    isWaiting: false,
    heartbeatDetails: undefined,
    lastFailure: null,
    stopWaiting: () => undefined,
  };
}

/** Whether the workflow hears of a cancellation only when the activity has ended. */
export function awaitsCancellation({ command }: Pick<ScheduledActivity, 'command'>): boolean {
  return command.cancellationType === ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;
}

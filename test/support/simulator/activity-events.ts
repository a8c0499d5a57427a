import { temporal } from '@temporalio/proto';
import type { Closing, ScheduledActivity } from './activity-task';
import type { History } from './history';
import type { Failure } from './payloads';
import type { RetryStateValue } from './retry';
import type { ActivationJob } from './sandbox';

const { RetryState } = temporal.api.enums.v1;

/** Writes how the activity ended; answers the id of its `started` event, which the server writes only then. */
export function writeClosing(
  { history, atMs }: { readonly history: History; readonly atMs: number },
  task: ScheduledActivity,
  closing: Closing,
): number {
  const { scheduledEventId, attempt, lastFailure } = task;
  const startedEventId =
    attempt === 0 || isCancelledWhileWaiting(task, closing)
      ? 0
      : history.add(atMs, 'ActivityTaskStarted', { scheduledEventId, attempt, lastFailure });
  const ids = { scheduledEventId, startedEventId };
  switch (closing.kind) {
    case 'completed':
      history.add(atMs, 'ActivityTaskCompleted', {
        ...ids,
        result: { payloads: [closing.result] },
      });
      break;
    case 'failed':
      history.add(atMs, 'ActivityTaskFailed', { ...ids, ...failureAndState(closing) });
      break;
    case 'timed-out':
      history.add(atMs, 'ActivityTaskTimedOut', { ...ids, ...failureAndState(closing) });
      break;
    case 'cancelled':
      history.add(atMs, 'ActivityTaskCanceled', ids);
  }
  return startedEventId;
}

function isCancelledWhileWaiting({ isWaiting }: ScheduledActivity, { kind }: Closing): boolean {
  return isWaiting && kind === 'cancelled';
}

function failureAndState({
  failure,
  retryState,
}: {
  readonly failure: Failure;
  readonly retryState: RetryStateValue;
}): object {
  return { failure, retryState };
}

/** What the workflow gets to know of it. */
export function resolutionOf(
  task: ScheduledActivity,
  closing: Closing,
  startedEventId: number,
): ActivationJob {
  const { seq, command, scheduledEventId } = task;
  if (closing.kind === 'completed') {
    return { resolveActivity: { seq, result: { completed: { result: closing.result } } } };
  }
  if (closing.kind === 'cancelled') return cancelledResolution(command, scheduledEventId);
  const failure: Failure = {
    message: closing.kind === 'failed' ? 'Activity task failed' : 'Activity task timed out',
    cause: closing.failure,
    activityFailureInfo: {
      activityId: command.activityId ?? '',
      activityType: { name: command.activityType ?? '' },
      retryState: closing.retryState,
      scheduledEventId: scheduledEventId as never,
      startedEventId: startedEventId as never,
    },
  };
  return { resolveActivity: { seq, result: { failed: { failure } } } };
}

export function cancelledResolution(
  command: ScheduledActivity['command'],
  scheduledEventId: number,
): ActivationJob {
  const failure: Failure = {
    message: 'Activity cancelled',
    cause: { canceledFailureInfo: {} },
    activityFailureInfo: {
      activityId: command.activityId ?? '',
      activityType: { name: command.activityType ?? '' },
      retryState: RetryState.RETRY_STATE_CANCEL_REQUESTED,
      scheduledEventId: scheduledEventId as never,
    },
  };
  return { resolveActivity: { seq: command.seq ?? 0, result: { cancelled: { failure } } } };
}

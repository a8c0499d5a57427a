import { temporal } from '@temporalio/proto';
import type { ScheduledActivity } from './activity-task';
import { type Failure } from './payloads';
import { fromProtoDuration } from './sandbox';

const { RetryState } = temporal.api.enums.v1;
export type RetryStateValue = temporal.api.enums.v1.RetryState;

export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'stop'; readonly retryState: RetryStateValue };

/** What the server does after a failed attempt. */
export function decideRetry(
  task: Pick<ScheduledActivity, 'retryPolicy' | 'attempt' | 'isCancelRequested'>,
  failure: Failure,
): RetryDecision {
  const { retryPolicy: policy, attempt } = task;
  if (task.isCancelRequested) return stop(RetryState.RETRY_STATE_CANCEL_REQUESTED);
  if (isNonRetryable(failure, policy.nonRetryableErrorTypes ?? [])) {
    return stop(RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE);
  }
  const most = policy.maximumAttempts ?? 0;
  if (most > 0 && attempt >= most) return stop(RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED);
  return { kind: 'retry', delayMs: delayMs(policy, attempt, failure) };
}

function stop(retryState: RetryStateValue): RetryDecision {
  return { kind: 'stop', retryState };
}

function isNonRetryable(failure: Failure, types: readonly string[]): boolean {
  if (failure.canceledFailureInfo) return true;
  const info = failure.applicationFailureInfo;
  if (!info) return false;
  return Boolean(info.nonRetryable) || types.includes(info.type ?? '');
}

function delayMs(
  policy: temporal.api.common.v1.IRetryPolicy,
  attempt: number,
  failure: Failure,
): number {
  const wished = fromProtoDuration(failure.applicationFailureInfo?.nextRetryDelay);
  if (wished !== null) return wished;
  const initialMs = fromProtoDuration(policy.initialInterval) ?? 1_000;
  const longestMs = fromProtoDuration(policy.maximumInterval) ?? initialMs * 100;
  const coefficient = policy.backoffCoefficient || 2;
  return Math.min(longestMs, initialMs * coefficient ** (attempt - 1));
}

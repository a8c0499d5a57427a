import type { Notification, NotificationChannel } from '../domain/monitoring/notification';

/** Tells people. Takes an order durably and returns; delivery, with retries and back-off, goes on without the caller. */
export interface Notifier {
  /**
   * The same id to the same channel is delivered once at most by intent, and at least once by retries. Answers when the order
   * is kept, not when it is delivered.
   * @throws BelayError `NOTIFIER_UNAVAILABLE`, retryable: the order could not be kept
   */
  notify(
    notification: Notification,
    channels: readonly NotificationChannel[],
    signal: AbortSignal,
  ): Promise<void>;
}

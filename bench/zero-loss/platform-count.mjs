/** What the router of one service counted: nothing yet. */
export function emptyCount() {
  return { lastNumber: -1, answered: 0, own: 0, aborted: 0, failedAttempts: 0, longestQueuedMs: 0 };
}

/**
 * Adds the seconds that are new. A request counts once, however many instances it was tried on: where it was answered.
 * One whose answer broke off counts among the failed attempts only.
 *
 * @param {ReturnType<typeof emptyCount>} count
 * @param {readonly import('../../src/platform/admin-api').MetricsWindow[]} windows in order
 */
export function addWindows(count, windows) {
  for (const { number, revisions, router, waits } of windows) {
    if (number <= count.lastNumber) continue;
    count.lastNumber = number;
    for (const { status } of Object.values(revisions)) {
      count.answered += status['2xx'] + status['3xx'] + status['4xx'] + status['5xx'];
      count.aborted += status.aborted;
      count.failedAttempts += status.failed;
    }
    count.own += Object.values(router).reduce((sum, number) => sum + number, 0);
    count.longestQueuedMs = Math.max(count.longestQueuedMs, waits?.longestMs ?? 0);
  }
}

/** Requests of clients, as the router counted them. */
export function requestsOf({ answered, own, aborted }) {
  return answered + own + aborted;
}

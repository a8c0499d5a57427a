import { hasFailed, waitedMs } from '../../tools/load/classify.mjs';

/** What the load saw of one strategy: counts by kind, and every failure. */
export function emptySums() {
  return { requests: 0, failures: [], kinds: {} };
}

/** Counts one record of the load client. */
export function addRecord(sums, record) {
  sums.requests += 1;
  const kind = (sums.kinds[record.kind] ??= { requests: 0, failed: 0, longestMs: 0 });
  kind.requests += 1;
  kind.longestMs = Math.max(kind.longestMs, waitedMs(record));
  if (!hasFailed(record)) return;
  kind.failed += 1;
  sums.failures.push(record);
}

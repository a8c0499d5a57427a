import type { MetricsWindow } from '../../../src/platform/admin-api';
import type { LoadRecord } from '../../../tools/load/load.mjs';

export const REVISION = `sha256:${'a'.repeat(64)}` as const;

export function aRecord(change: Partial<LoadRecord> = {}): LoadRecord {
  return {
    id: 'r-1',
    dueAtMs: 1_000,
    startedAtMs: 1_000,
    endedAtMs: 1_005,
    method: 'GET',
    path: '/',
    outcome: 'status',
    status: 200,
    revision: REVISION,
    router: null,
    kind: 'get',
    ...change,
  };
}

/** One second of a router: so many answers of one revision, and so many of its own. */
export function aWindow(
  number: number,
  { answered = 0, own = 0, failed = 0, aborted = 0, longestMs = 0 },
): MetricsWindow {
  const status = { '2xx': answered, '3xx': 0, '4xx': 0, '5xx': 0, failed, aborted };
  const counts = {
    requests: answered + failed + aborted,
    status,
    latency: { bounds: [], counts: [0] },
    healthChecks: { passed: 0, failed: 0 },
  };
  return {
    number,
    fromMs: number * 1_000,
    revisions: { [REVISION]: counts as unknown as MetricsWindow['revisions'][string] },
    router: own === 0 ? {} : { 'no-healthy-instance': own },
    ...(longestMs === 0 ? {} : { waits: { requests: 1, longestMs } }),
  };
}

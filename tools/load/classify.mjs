import { TIMEOUT_MS } from './load.mjs';

/** Reset (or otherwise never answered to the end), over 10 s, or answered with 500 and above. */
export function hasFailed(record) {
  return record.outcome !== 'status' || record.status >= 500 || waitedMs(record) > TIMEOUT_MS;
}

/** Until the whole answer was there; of a stream until its headers: what follows may last as long as it comes. */
export function waitedMs({ startedAtMs, endedAtMs, answeredAtMs = endedAtMs }) {
  return (answeredAtMs ?? endedAtMs) - startedAtMs;
}

/**
 * Who is to blame: a failed request counts as the revision's own only if an instance's own log has its id
 * (`instanceLogIds`, see `readInstanceLogIds`), else as the router's.
 */
export function classify(records, instanceLogIds) {
  const failures = records.filter(hasFailed);
  const own = failures.filter(({ id }) => instanceLogIds.has(id));
  const router = failures.filter(({ id }) => !instanceLogIds.has(id));
  const revisions = countRevisions(records);
  return {
    requests: records.length,
    failed: failures.length,
    failedByRevision: own.length,
    failedByRouter: router.length,
    routerFailures: router,
    revisions,
    exposed: (revision) => revisions[revision]?.requests ?? 0,
  };
}

function countRevisions(records) {
  const revisions = {};
  for (const record of records) {
    if (record.revision === null) continue;
    const counts = (revisions[record.revision] ??= { requests: 0, failed: 0 });
    counts.requests += 1;
    if (hasFailed(record)) counts.failed += 1;
  }
  return revisions;
}

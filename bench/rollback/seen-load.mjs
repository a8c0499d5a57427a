import { classify, hasFailed } from '../../tools/load/classify.mjs';
import { readInstanceLogIds } from '../../tools/load/instance-log.mjs';
import { readLines } from '../../tools/load/read-lines.mjs';

/**
 * What the load client has recorded so far, without keeping it: a long run has hundreds of thousands of requests, and
 * the platform rotates the logs that tell whose a failure is.
 *
 * @param {{file: string, instanceLogs: string}} where
 */
export function openSeenLoad({ file, instanceLogs }) {
  const seen = { requests: 0, failures: [], lastStartMs: new Map() };
  const handled = new Set();
  let at = 0;
  let looked = 0;

  return {
    /** Reads what is new; looks for new failures in the instances' logs while these are there. */
    async catchUp() {
      at = await readLines({ file, at }, (line) => takeRecord(seen, JSON.parse(line)));
      if (seen.failures.length === looked) return;
      looked = seen.failures.length;
      for (const id of await idsAmong(seen.failures, instanceLogs)) handled.add(id);
    },
    lastStartMs: seen.lastStartMs,
    requests: () => seen.requests,
    routerFailures: () => classify(seen.failures, handled).routerFailures,
    failedByRevision: () => classify(seen.failures, handled).failedByRevision,
    /** Once more for those whose lines were not written yet. */
    async lookAgain() {
      looked = -1;
      await this.catchUp();
    },
  };
}

/** Counts one request: whether it failed, and when its revision was last given one. */
export function takeRecord(seen, record) {
  seen.requests += 1;
  if (hasFailed(record)) seen.failures.push(record);
  if (record.revision === null) return;
  const before = seen.lastStartMs.get(record.revision) ?? 0;
  seen.lastStartMs.set(record.revision, Math.max(before, record.startedAtMs));
}

async function idsAmong(failures, folder) {
  const logged = await readInstanceLogIds(folder);
  return failures.map(({ id }) => id).filter((id) => logged.has(id));
}

import { open } from 'node:fs/promises';
import { classify, hasFailed } from '../../tools/load/classify.mjs';
import { readInstanceLogIds } from '../../tools/load/instance-log.mjs';

const chunkBytes = 1 << 20;

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

/** Calls `take` with every whole line from byte `at` on; answers where the next one begins. */
async function readLines({ file, at }, take) {
  const handle = await open(file, 'r');
  try {
    const chunk = Buffer.alloc(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, at);
      const end = chunk.subarray(0, bytesRead).lastIndexOf('\n') + 1;
      if (end === 0) return at;
      for (const line of chunk.toString('utf8', 0, end - 1).split('\n')) take(line);
      at += end;
    }
  } finally {
    await handle.close();
  }
}

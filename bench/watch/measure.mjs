import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processorUs } from './processor-time.mjs';

const sayEveryMs = 15_000;

/**
 * What the watching takes for so long.
 *
 * @param {{ground: import('../throwaway/throwaway-home.mjs').ThrowawayHome, worker: import('./poll-worker.mjs').PollWorker, bakes: readonly {deployment: string}[], signal: AbortSignal, log: (line: string) => void}} bench
 */
export async function measureFor({ ground, worker, bakes, signal, log }, lastsMs) {
  const watched = new Set(bakes.map(({ deployment }) => deployment));
  const saying = setInterval(() => log(`${worker.polls.length} polls so far`), sayEveryMs);
  try {
    const before = await reading({ ground, worker });
    await sleep(lastsMs, undefined, { signal });
    const after = await reading({ ground, worker });
    const less = (name) => difference(before[name], after[name]);
    return {
      // Not those of what went live before.
      polls: worker.polls.filter(({ bake }) => watched.has(bake)),
      fromMs: before.atMs,
      toMs: after.atMs,
      cpu: {
        workerUs: less('workerUs'),
        platformUs: less('platformUs'),
        temporalUs: less('temporalUs'),
      },
      evidenceBytes: less('evidenceBytes'),
    };
  } finally {
    clearInterval(saying);
  }
}

/** At the moment of the worker's last word about itself, which comes every second. */
async function reading({ ground, worker }) {
  const { platform, temporal } = ground.processes();
  const [platformUs, temporalUs, evidenceBytes] = await Promise.all([
    pidUs(platform),
    pidUs(temporal),
    bytesIn(ground.layout.evidence),
  ]);
  const { atMs, cpuUs } = worker.readings.at(-1);
  return { atMs, workerUs: cpuUs, platformUs, temporalUs, evidenceBytes };
}

async function pidUs(identity) {
  return identity === null ? null : processorUs(identity.pid);
}

async function bytesIn(folder) {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function difference(before, after) {
  return before === null || after === null ? null : after - before;
}

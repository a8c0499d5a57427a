import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST } from './criteria.mjs';
import { sentenceOf } from './remarks.mjs';
import { playRun } from './round.mjs';

/** Cold starts all at once would measure the processor. */
const apartMs = 4_000;
/** Between the beginning of the load and the first candidate under it. */
const settleMs = 3_000;
const catchUpEveryMs = 5_000;
const again = '-again';

/**
 * Every lane deploys its first revision, starts its load, and takes run after run of the schedule.
 *
 * @param {{client: object, rate: number, stalls: object, signal: AbortSignal, abort: (error: Error) => void, log: (line: string) => void}} bench
 * @param {{lanes: readonly import('./lane.mjs').Lane[], schedule: readonly import('./schedule.mjs').Planned[]}} work
 * @returns {Promise<readonly import('./figures.mjs').Run[]>} in the order in which they ended
 */
export async function measureAll(bench, { lanes, schedule }) {
  const { signal, abort } = bench;
  const left = [...schedule];
  const measured = [];
  await Promise.all(
    lanes.map((lane) =>
      measureLane({ ...bench, lane }, { left, measured }).catch((error) => {
        abort(error);
        throw error;
      }),
    ),
  );
  signal.throwIfAborted();
  return measured;
}

async function measureLane(bench, { left, measured }) {
  const { lane, rate, signal, abort, log } = bench;
  await sleep(lane.index * apartMs, undefined, { signal });
  await deployFirst(bench);
  lane.startLoad({ ratePerSecond: rate, onLost: abort });
  const stop = new AbortController();
  const following = follow(lane, stop.signal);
  try {
    await sleep(settleMs, undefined, { signal });
    for (let planned = left.shift(); planned !== undefined; planned = left.shift()) {
      const one = await playRun(bench, planned);
      measured.push(one);
      if (!one.wasOn && !isRepeated(planned)) left.push(repeat(planned));
      log(`${sentenceOf(one)} (${left.length} to go)`);
    }
  } finally {
    stop.abort();
    await following;
  }
  await lane.catchUp();
}

/** What ended before its candidate got any traffic is tried once more. */
function repeat(planned) {
  return { ...planned, label: `${planned.label}${again}` };
}

function isRepeated({ label }) {
  return label.endsWith(again);
}

async function deployFirst({ lane, client, signal }) {
  const first = { label: 'first', fault: 'none', seed: 1, criteria: FIRST, strategy: 'blue-green' };
  const { run } = await client.start(lane.requestFor(first), {
    waitForWorkersMs: 20_000,
    signal,
  });
  const { view } = await client.wait(run, {
    until: 'ended',
    timeoutMs: FIRST.endsWithinMs,
    signal,
  });
  signal.throwIfAborted();
  if (view?.status.outcome === 'succeeded') return;
  throw new Error(`${lane.service}, first: ${view?.status.cause ?? 'it did not end in time'}`);
}

async function follow(lane, signal) {
  while (!signal.aborted) {
    await sleep(catchUpEveryMs, undefined, { signal }).catch(() => undefined);
    await lane.catchUp();
  }
}

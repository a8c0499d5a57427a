import { setTimeout as sleep } from 'node:timers/promises';
import { playRound } from './round.mjs';
import { nextWay } from './schedule.mjs';

/** Of the other tool, on each service. */
const toolRatePerSecond = 10;
const catchUpEveryMs = 5_000;
const sayEveryMs = 15_000;
/** A moment that is missed again and again must not keep a run from ending. */
const mostRounds = 200;
/** The router gives out whole seconds only. */
const lastSecondMs = 2_500;

/**
 * Every lane's first revision, then its load, then deployment after deployment until it was sent enough; its load has
 * ended and is counted to the last request afterwards.
 *
 * @param {{ground: object, client: object, tool: object | null, requests: number, rate: number, random: () => number, signal: AbortSignal, abort: (error: Error) => void, log: (line: string) => void}} bench
 * @param {readonly import('./lane.mjs').Lane[]} lanes
 */
export async function measureAll(bench, lanes) {
  const { signal, abort, log } = bench;
  const saying = setInterval(() => lanes.forEach((lane) => log(progressOf(lane))), sayEveryMs);
  try {
    await Promise.all(
      lanes.map((lane) =>
        measureOne(bench, lane).catch((error) => {
          abort(error);
          throw error;
        }),
      ),
    );
  } finally {
    clearInterval(saying);
  }
  signal.throwIfAborted();
}

async function measureOne(bench, lane) {
  const { tool, rate, signal, abort, log } = bench;
  const first = await playRound({ ...bench, lane }, { way: 'forward', label: 'first' });
  if (!first.isAsExpected)
    throw new Error(`${lane.service}: ${first.outcome}, ${first.status.cause}`);
  await lane.startLoad({ ratePerSecond: rate, tool, toolRatePerSecond, onLost: abort });
  const stop = new AbortController();
  const following = follow(lane, stop.signal);
  try {
    await playRounds(bench, lane);
    await lane.stopLoad();
    await sleep(lastSecondMs, undefined, { signal });
  } finally {
    stop.abort();
    await following;
  }
  await lane.catchUp();
  log(`${lane.strategy.name}: the load has ended`);
}

async function playRounds(bench, lane) {
  const { requests, signal, log } = bench;
  for (let round = 1; round <= mostRounds; round += 1) {
    const played = lane.rounds.length;
    const way = nextWay({ ways: lane.strategy.ways, played, sent: lane.sent(), requests });
    if (way === null) return;
    signal.throwIfAborted();
    lane.now = way;
    const one = await playRound({ ...bench, lane }, { way, label: `round-${round}` });
    lane.deployments.push(one);
    const { outcome, isAsExpected, wasMissed, status } = one;
    const words = `${status.deployment} (${way}) ended ${outcome}: ${status.cause}`;
    if (wasMissed) log(`${words}; nobody was in time to take it back`);
    else lane.rounds.push(one);
    if (!isAsExpected) log(words);
  }
  throw new Error(`${lane.service}: ${mostRounds} deployments, and not every way was met`);
}

async function follow(lane, signal) {
  while (!signal.aborted) {
    await lane.catchUp().catch(() => undefined);
    await sleep(catchUpEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

function progressOf({ strategy, now, rounds, sums }) {
  const { requests, failures } = sums;
  return `${strategy.name}: ${rounds.length} deployments, now ${now}; ${requests} requests, ${failures.length} failed`;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { playRound } from './round.mjs';
import { nextWay } from './schedule.mjs';
import { whereWas } from './where-was.mjs';

/** Of the other tool, on each service. */
const toolRatePerSecond = 10;
const catchUpEveryMs = 5_000;
const sayEveryMs = 15_000;
/** A moment that is missed again and again must not keep a run from ending. */
const mostRounds = 200;
/** Four cold starts at once would measure the processor. */
const apartMs = 15_000;
/** Between the beginning of the load and the first deployment under it. */
const settleMs = 5_000;
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
      lanes.map((lane, index) =>
        measureOne({ ...bench, startAfterMs: index * apartMs }, lane).catch((error) => {
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
  const { tool, rate, startAfterMs, signal, abort, log } = bench;
  await sleep(startAfterMs, undefined, { signal });
  const first = await playRound({ ...bench, lane }, { way: 'forward', label: 'first' });
  if (!first.isAsExpected)
    throw new Error(`${lane.service}: ${first.outcome}, ${first.status.cause}`);
  await lane.startLoad({ ratePerSecond: rate, tool, toolRatePerSecond, onLost: abort });
  const stop = new AbortController();
  const following = follow(lane, stop.signal);
  try {
    await sleep(settleMs, undefined, { signal });
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
    if (!one.wasMissed) lane.rounds.push(one);
    log(sentenceOfRound(one));
  }
  throw new Error(`${lane.service}: ${mostRounds} deployments, and not every way was met`);
}

function sentenceOfRound(one) {
  const { way, outcome, isAsExpected, wasMissed, status } = one;
  const [decision] = status.decisions;
  const when = decision === undefined ? '' : `, decided in ${whereWas([one], decision.issuedAtMs)}`;
  const why = isAsExpected ? '' : `: NOT AS EXPECTED, ${status.cause}`;
  const missed = wasMissed ? ' before anybody could take it back; it is tried again' : '';
  return `${status.deployment} (${way}) ended ${outcome}${missed}${when}${why}`;
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

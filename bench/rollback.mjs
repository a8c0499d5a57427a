import { setTimeout as sleep } from 'node:timers/promises';
import { openStopSignal } from '../tools/demo/stop-signal.mjs';
import { figuresOf, GOALS } from './rollback/figures.mjs';
import { openLead } from './rollback/lead.mjs';
import { openProgress } from './rollback/progress.mjs';
import { lacking, nextMoment, quotasOf } from './rollback/quotas.mjs';
import { requestFor } from './rollback/request.mjs';
import { playRound } from './rollback/round.mjs';
import { seededRandom } from './rollback/seeded-random.mjs';
import { openSeenLoad } from './rollback/seen-load.mjs';
import { openThrowawayShop } from './rollback/throwaway-shop.mjs';

const defaultCount = 300;
const ratePerSecond = 200;
const seed = 20_260_101;
const firstWithinMs = 120_000;
const catchUpEveryMs = 5_000;
const settleLoadMs = 2_000;

/**
 * Rollbacks that a person asks for, each of a new revision, at random moments of a rollout under load: how long until
 * the stable revision is observed at 100 % again, and until the candidate is given its last request.
 */
export async function run({ count = defaultCount, temporal, log, signal: given }) {
  const { signal, abort } = openStopSignal(given);
  const shop = await openThrowawayShop({ temporal });
  try {
    const client = await shop.up();
    const bench = { shop, client, lead: openLead(), random: seededRandom(seed), signal, log };
    await deployFirst(bench);
    shop.startLoad({ ratePerSecond, onLost: abort });
    log(`${count} rollbacks of ${shop.name} under ${ratePerSecond} requests a second`);
    await sleep(settleLoadMs, undefined, { signal });
    return await measureAll(bench, count);
  } catch (error) {
    // Why it stops says more than what was stopped.
    signal.throwIfAborted();
    throw error;
  } finally {
    for (const sentence of await shop.close()) log(sentence);
  }
}

async function deployFirst({ shop, client, random, signal }) {
  const request = requestFor({
    ...shop,
    ...shop.identity(),
    label: 'stable',
    moment: null,
    random,
  });
  const { run: first } = await client.start(request, { waitForWorkersMs: 20_000 });
  const { view } = await client.wait(first, { until: 'ended', timeoutMs: firstWithinMs, signal });
  signal.throwIfAborted();
  if (view?.status.outcome === 'succeeded') return;
  throw new Error(`the first deployment: ${view?.status.cause ?? 'it did not end in time'}`);
}

async function measureAll(bench, count) {
  const { shop, signal, log } = bench;
  const seen = openSeenLoad({ file: shop.recordsFile, instanceLogs: shop.instanceLogs });
  const stop = new AbortController();
  const measured = [];
  const progress = openProgress({
    left: () => lacking(quotasOf(count), measured),
    measured,
    seen,
    log,
  });
  const following = followLoad({ seen, stop: stop.signal });
  try {
    await playRounds(bench, { count, measured, progress });
  } finally {
    progress.stop();
    stop.abort();
    await following;
  }
  signal.throwIfAborted();
  await shop.stopLoad();
  await seen.lookAgain();
  for (const failure of seen.routerFailures())
    log(`failed by the router: ${JSON.stringify(failure)}`);
  const complete = lacking(quotasOf(count), measured) === 0;
  const load = {
    requests: seen.requests(),
    failedByRouter: seen.routerFailures().length,
    lastStartMs: seen.lastStartMs,
  };
  return { figures: figuresOf({ measured, load, complete }), goals: GOALS };
}

/** A moment that was missed is tried again, within reason; what met another moment counts as that one. */
async function playRounds(bench, { count, measured, progress }) {
  const quotas = quotasOf(count);
  const mostRounds = 2 * count + 20;
  for (let round = 1; round <= mostRounds; round += 1) {
    const moment = nextMoment(quotas, measured, bench.random);
    if (moment === null) return;
    bench.signal.throwIfAborted();
    const one = await playRound(bench, { moment, label: `round-${round}` });
    if (one !== null) measured.push(one);
    progress.played({ moment, one });
  }
}

async function followLoad({ seen, stop }) {
  while (!stop.aborted) {
    await seen.catchUp().catch(() => undefined);
    await sleep(catchUpEveryMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

import { rm } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { built } from '../tools/demo/built.mjs';
import { openStopSignal } from '../tools/demo/stop-signal.mjs';
import { openThrowawayHome } from './throwaway/throwaway-home.mjs';
import { openBakes, servicesOf } from './watch/bakes.mjs';
import { figuresOf, GOALS } from './watch/figures.mjs';
import { startTraffic } from './watch/traffic.mjs';
import { measureFor } from './watch/measure.mjs';
import { startPollWorker } from './watch/poll-worker.mjs';

export const numbers = ['bakes', 'seconds', 'poll', 'rate'];

const defaultBakes = 100;
const defaultSeconds = 120;
/** Of one watcher, ms. */
const defaultPollMs = 2_000;
/** Of each service, a second. */
const defaultRate = 2;
/** Until every watcher has its pace. */
const settleMs = 15_000;

/**
 * So many bakes at once, each of a real service of two processes behind the real router, watched through a real Temporal
 * server by one worker: how late its polls are, and what they cost.
 */
export async function run(asked) {
  const { bakes: count = defaultBakes, seconds = defaultSeconds } = asked;
  const { poll: pollMs = defaultPollMs, rate = defaultRate, temporal, log, signal: given } = asked;
  const { signal, abort } = openStopSignal(given);
  const services = servicesOf(count);
  const ground = await openThrowawayHome({ temporal, services });
  const bench = { ground, pollMs, signal, log };
  let worker = null;
  let traffic = null;
  let isToBeKept = true;
  try {
    // The worker of `belay up` is to run the workflows only: the activities are those of ours, which counts.
    await rm(ground.layout.environments, { recursive: true });
    bench.client = await ground.up();
    worker = await startPollWorker({ ...ground, ...addressOf(ground), pollMs, onLost: abort });
    const terms = termsOf({ count, rate, pollMs });
    terms.forEach((term) => log(term));
    const bakes = await openBakes(bench, services);
    traffic = startTraffic(bakes, { ratePerSecond: rate });
    await sleep(settleMs, undefined, { signal });
    const busy = busySentence();
    log(`all ${count} are watched: measuring for ${seconds} s; ${busy}`);
    const measured = await measureFor({ ...bench, worker, bakes }, seconds * 1_000);
    isToBeKept = false;
    const figures = figuresOf({ bakes: count, pollMs, ...measured });
    return { figures, goals: GOALS, remarks: [...terms, busy] };
  } catch (error) {
    isToBeKept = !given.aborted;
    // Why it stops says more than what was stopped.
    signal.throwIfAborted();
    throw error;
  } finally {
    await traffic?.stop();
    await worker?.stop();
    for (const sentence of await ground.close()) log(sentence);
    if (isToBeKept) log(`Everything is kept in ${ground.folder}`);
    else await ground.removeFolder();
  }
}

function addressOf({ home, belay }) {
  const { address } = built('client/index.js').temporalAddress(home, belay.env);
  return { address, namespace: belay.env.TEMPORAL_NAMESPACE ?? 'default' };
}

/** Everything that runs on this machine, the benchmark's own services too. */
function busySentence() {
  const [load] = loadavg();
  return `load average ${load.toFixed(1)} on ${availableParallelism()} processors when the measuring began`;
}

function termsOf({ count, rate, pollMs }) {
  return [
    `${count} real services at once, each of two revisions of one small process behind the real router, ${rate} requests a second to each, bakes at 50 %`,
    `the watch activity is the product's, in a worker of this benchmark's own that gives it a poll of ${pollMs} ms: the product's interval is fixed in its workflows (1 s)`,
    'lag: how much later than its interval after the end of the one before a poll began; CPU a poll: of the worker, the platform (its router and health checks too) and the Temporal server, each ÷ polls',
  ];
}

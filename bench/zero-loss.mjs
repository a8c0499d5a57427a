import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildShop } from '../examples/shop/build.mjs';
import { openStopSignal } from '../tools/demo/stop-signal.mjs';
import { seededRandom } from './rollback/seeded-random.mjs';
import { openThrowawayHome } from './throwaway/throwaway-home.mjs';
import { figuresOf, GOALS, sentenceOf } from './zero-loss/figures.mjs';
import { openLane, serviceOf } from './zero-loss/lane.mjs';
import { measureAll } from './zero-loss/measure.mjs';
import { findOtherTool } from './zero-loss/other-tool.mjs';
import { routerMetrics } from './zero-loss/router-metrics.mjs';
import { TERMS } from './zero-loss/service-file.mjs';
import { STRATEGIES } from './zero-loss/strategies.mjs';
import { tellFailures } from './zero-loss/tell-failures.mjs';

export const numbers = ['requests', 'rate'];

const defaultRequests = 100_000;
/** Of each service, a second; all of them together are what two cores carry well. */
const defaultRate = 100;
const seed = 20_260_101;

/**
 * Deployments of all four strategies at once, each of a service of its own, forward and taken back by a person, one
 * after the other under constant open-loop load, until each service was sent so many `requests`: how many of them failed.
 */
export async function run(asked) {
  const { requests = defaultRequests, rate = defaultRate, temporal, log, signal: given } = asked;
  const { signal, abort } = openStopSignal(given);
  const tool = await findOtherTool({ log, signal });
  const ground = await openThrowawayHome({ temporal, services: STRATEGIES.map(serviceOf) });
  const random = seededRandom(seed);
  const bench = { ground, tool, requests, rate, random, signal, abort, log };
  let lanes = [];
  let isToBeKept = true;
  try {
    bench.client = await ground.up();
    lanes = await openLanes(ground);
    log(`${requests} requests, ${rate} a second, to each of ${ground.names.join(', ')}`);
    log(TERMS);
    warnWhereBusy(log);
    await measureAll(bench, lanes);
    isToBeKept = await tellFailures(lanes, { instanceLogs: ground.layout.instanceLogs, log });
    return { figures: figuresOf(lanes), goals: GOALS, remarks: [TERMS, ...lanes.map(sentenceOf)] };
  } catch (error) {
    isToBeKept = !given.aborted;
    // Why it stops says more than what was stopped.
    signal.throwIfAborted();
    throw error;
  } finally {
    await Promise.all(lanes.map((lane) => lane.abandonLoad()));
    for (const sentence of await ground.close()) log(sentence);
    if (isToBeKept) log(`Everything is kept in ${ground.folder}`);
    else await ground.removeFolder();
  }
}

function warnWhereBusy(log) {
  const [load] = loadavg();
  const processors = availableParallelism();
  if (load <= processors) return;
  log(
    `this machine is busy (${load.toFixed(1)} processes for ${processors} processors): a router that gets no`,
  );
  log('processor fails requests by itself, new connections first; wait, or choose a lower --rate');
}

async function openLanes(ground) {
  const [artifact] = await buildShop(join(ground.folder, 'artifacts'));
  const metrics = routerMetrics(ground);
  return Promise.all(
    STRATEGIES.map((strategy) => openLane({ strategy, ground, artifact, metrics })),
  );
}

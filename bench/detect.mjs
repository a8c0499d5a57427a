import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { openStopSignal } from '../tools/demo/stop-signal.mjs';
import { buildFaultyShop } from './detect/artifact.mjs';
import { DEMO, SPECIFICATION } from './detect/criteria.mjs';
import { evaluationCpuUs } from './detect/evaluation.mjs';
import { figuresOf, GOALS } from './detect/figures.mjs';
import { openLane, serviceOf } from './detect/lane.mjs';
import { measureAll } from './detect/measure.mjs';
import { remarksOf, sentenceOf } from './detect/remarks.mjs';
import { scheduleOf } from './detect/schedule.mjs';
import { openStalls } from './detect/stalls.mjs';
import { openThrowawayHome } from './throwaway/throwaway-home.mjs';

export const numbers = ['runs', 'lanes', 'spec', 'rate'];

const defaultRuns = 20;
const defaultLanes = 5;
const defaultSpec = 2;
/** Of each service, a second. */
const defaultRate = 100;

/**
 * Candidates that are bad in four ways, and good ones, each at 5 % of the traffic of a service under load: how long until
 * the router was seen to give them nothing any more, and what clients had of them until then. Several services at once.
 */
export async function run(asked) {
  const { runs = defaultRuns, lanes: laneCount = defaultLanes, spec = defaultSpec } = asked;
  const { rate = defaultRate, temporal, log, signal: given } = asked;
  const { signal, abort } = openStopSignal(given);
  const services = Array.from({ length: laneCount }, (_, index) => serviceOf(index));
  const ground = await openThrowawayHome({ temporal, services });
  const bench = { ground, rate, signal, abort, log, stalls: openStalls() };
  const schedule = scheduleOf({ runs, specRuns: spec });
  let lanes = [];
  let isToBeKept = true;
  try {
    bench.client = await ground.up();
    const artifact = await buildFaultyShop(join(ground.folder, 'artifacts'));
    lanes = await Promise.all(services.map((_, index) => openLane({ index, ground, artifact })));
    const terms = remarksOf({ laneCount, rate, machine: machine() });
    terms.forEach((term) => log(term));
    log(
      `${schedule.length} runs: ${runs} of each kind, and ${spec} with the specification's criteria`,
    );
    const measured = await measureAll(bench, { lanes, schedule });
    await Promise.all(lanes.map((lane) => lane.abandonLoad()));
    const results = await resultsOf(measured, { ground, lanes });
    isToBeKept = measured.some(({ isExpected }) => !isExpected);
    const sentences = [...measured.filter(({ isExpected }) => !isExpected).map(sentenceOf)];
    return { figures: figuresOf(results), goals: GOALS, remarks: [...terms, ...sentences] };
  } catch (error) {
    isToBeKept = !given.aborted;
    // Why it stops says more than what was stopped.
    signal.throwIfAborted();
    throw error;
  } finally {
    bench.stalls.stop();
    await Promise.all(lanes.map((lane) => lane.abandonLoad()));
    for (const sentence of await ground.close()) log(sentence);
    if (isToBeKept) log(`Everything is kept in ${ground.folder}`);
    else await ground.removeFolder();
  }
}

async function resultsOf(measured, { ground, lanes }) {
  const by = (criteria) => measured.filter((run) => run.criteria === criteria.name);
  const runs = by(DEMO);
  const specRuns = by(SPECIFICATION);
  return {
    ...{ runs, specRuns },
    evaluationCpuUs: await evaluationCpuUs(ground, runs),
    specEvaluationCpuUs: await evaluationCpuUs(ground, specRuns),
    requests: lanes.reduce((sum, lane) => sum + lane.requests, 0),
  };
}

function machine() {
  const [load] = loadavg();
  return `${availableParallelism()} processors, load average ${load.toFixed(1)} at the start`;
}

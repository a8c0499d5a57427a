/**
 * `node worker.mjs HOME ENVIRONMENT ADDRESS NAMESPACE POLL_MS`: the product's activities of one environment in a worker as
 * the product makes it, with two things added around the activity `watch`: it is told that poll interval, and each poll is
 * reported to the parent: `{"kind":"polls","polls":[{"bake","startedAtMs","endedAtMs"}],"cpuUs"}` every second.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { built } from '../../tools/demo/built.mjs';
import { root } from '../../tools/set-up/tool.mjs';

const require = createRequire(join(root, 'package.json'));
const { Client } = require('@temporalio/client');
const { DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');
const tellEveryMs = 1_000;

const [home, environment, address, namespace, pollText] = process.argv.slice(2);
const pollMs = Number(pollText);
const polls = [];

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: built('domain/deployment.js').environmentTaskQueue(environment),
  activities: await activities(),
  // As in src/workers/create-workers.ts.
  maxHeartbeatThrottleInterval: '2 seconds',
  defaultHeartbeatThrottleInterval: '2 seconds',
});
const telling = setInterval(tell, tellEveryMs);
process.on('SIGTERM', stop);
process.on('disconnect', stop);
const running = worker.run();
process.send({ kind: 'ready' });
await running;
clearInterval(telling);
await connection.close();
if (process.connected) process.disconnect();

async function activities() {
  const log = (level, message) => process.stderr.write(`${level} ${message}\n`);
  const { environmentDependencies } = built('workers/environment-dependencies.js');
  const dependencies = await environmentDependencies(home, log);
  const product = built('activities/index.js').createActivities(dependencies);
  return {
    ...product,
    ...lineActivities(dependencies),
    watch: (input) => timed(product.watch, { ...input, pollMs }),
  };
}

function lineActivities({ clock }) {
  const { sdkRuns } = built('client/sdk-runs.js');
  const runs = sdkRuns(new Client({ connection, namespace }), address);
  const deployments = built('workers/deployment-runs.js').createDeploymentRuns(runs);
  return built('activities/line.js').createLineActivities({ deployments, clock });
}

async function timed(watch, input) {
  const startedAtMs = now();
  try {
    return await watch(input);
  } finally {
    polls.push({ bake: input.deploymentId, startedAtMs, endedAtMs: now() });
  }
}

/** Finer than a millisecond. */
function now() {
  return performance.timeOrigin + performance.now();
}

function tell() {
  if (!process.connected) return;
  const { user, system } = process.cpuUsage();
  process.send({ kind: 'polls', polls: polls.splice(0), cpuUs: user + system, atMs: now() });
}

function stop() {
  if (worker.getState() === 'RUNNING') worker.shutdown();
}

import { createPlatformClient, servicePath } from '../../src/adapters/platform-client';
import type { Weights } from '../../src/domain/rollout/plan';
import type { CanaryConfig } from '../../src/domain/rollout/strategy';
import type { ServiceView } from '../../src/platform/admin-api';
import { platformSocketPath } from '../../src/platform/socket-path';
import { awaitStatus, isBaking } from '../support/await-status';
import { DeployedShop } from '../support/deployed-shop';
import { SHORT_CANARY } from '../support/shop';
import { startTemporalServer, type TemporalServer } from '../support/temporal-server';
import type { DeploymentRun } from '../../src/client';

/** Outlasts the restart of a platform on a slow machine. */
const LONG_FIRST_STEP: CanaryConfig = {
  kind: 'canary',
  steps: [
    { weight: 10, bake: { leastMs: 20_000, longestMs: 120_000, minimumRequests: 20 } },
    { weight: 50, bake: { leastMs: 1_000, longestMs: 120_000, minimumRequests: 20 } },
  ],
};
const REF = { service: 'shop', environment: 'production' };

let server: TemporalServer;
let shop: DeployedShop;

beforeAll(async () => {
  server = await startTemporalServer();
  shop = await DeployedShop.start(server.address);
});

beforeEach(() => {
  shop.startLoad();
});

afterEach(async () => {
  await shop.stopLoad();
});

afterAll(async () => {
  await shop.stop();
  await server.stop();
});

// Each test goes on from where the one before it left the shop.

test('the worker killed in mid-bake and started again finishes the deployment', async () => {
  const run = await bakingCanary(2);
  const before = await standing();
  await shop.host.worker.kill();
  expect(await standing()).toEqual(before);
  await shop.host.worker.start();
  await expectLive(run);
  expect(untouched(await standing())).toEqual(untouched(before));
  expect((await shop.stopLoad()).routerFailures).toEqual([]);
});

test('the Temporal server killed in mid-bake and started again finishes the deployment', async () => {
  const run = await bakingCanary(4);
  const before = await standing();
  await server.kill();
  expect(await standing()).toEqual(before);
  await server.restart();
  await expectLive(run);
  expect(untouched(await standing())).toEqual(untouched(before));
  expect((await shop.stopLoad()).routerFailures).toEqual([]);
});

test('server and worker killed at once in mid-bake and started again finish the deployment', async () => {
  const run = await bakingCanary(1);
  const before = await standing();
  await Promise.all([server.kill(), shop.host.worker.kill()]);
  expect(await standing()).toEqual(before);
  await server.restart();
  await shop.host.worker.start();
  await expectLive(run);
  expect(untouched(await standing())).toEqual(untouched(before));
  expect((await shop.stopLoad()).routerFailures).toEqual([]);
});

test('the platform killed in mid-bake loses only what its router held, and adopts the same processes', async () => {
  const run = await bakingCanary(2, LONG_FIRST_STEP);
  const before = await standing();
  const killedAtMs = Date.now();
  await shop.host.platform.kill();
  await shop.host.platform.start();
  const startedAtMs = Date.now();
  expect(await standing()).toEqual(before);
  await expectLive(run);
  const { routerFailures } = await shop.stopLoad();
  const outside = routerFailures.filter(
    ({ startedAtMs: at, endedAtMs }) => at > startedAtMs || endedAtMs < killedAtMs,
  );
  expect(outside).toEqual([]);
});

async function bakingCanary(revision: number, strategy = SHORT_CANARY): Promise<DeploymentRun> {
  const run = await shop.deploy(revision, { strategy });
  await awaitStatus({ client: shop.host.client, run }, isBaking);
  return run;
}

async function expectLive(run: DeploymentRun): Promise<void> {
  expect(await shop.follow(run, 'live')).toMatchObject({
    phase: 'warm',
    outcome: null,
    observed: { stable: 0, candidate: 100 },
  });
}

interface Standing {
  readonly epoch: number;
  readonly weights: Weights;
  readonly pids: readonly (number | null)[];
}

/** What a deployment leaves alone while it goes on: nothing is started twice, nobody claims twice. */
function untouched({ epoch, pids }: Standing): Pick<Standing, 'epoch' | 'pids'> {
  return { epoch, pids };
}

/** Pids, weights and epoch: what no kill of an engine part may change. */
async function standing(): Promise<Standing> {
  const client = createPlatformClient(platformSocketPath(shop.host.home));
  const view = await client.call<ServiceView>(
    { method: 'GET', path: servicePath(REF) },
    AbortSignal.timeout(30_000),
  );
  return {
    epoch: view.epoch,
    weights: view.traffic.commanded,
    pids: view.fleets.flatMap(({ instances }) => instances.map(({ pid }) => pid)).sort(),
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { DeployedShop } from '../support/deployed-shop';
import { Random } from '../support/simulator/random';
import type { StrategyConfig } from '../../src/domain/rollout/strategy';
import { SHORT_CANARY } from '../support/shop';
import { startTemporalServer, type TemporalServer } from '../support/temporal-server';

const DEPLOYMENTS = 12;
/** Not recreate: with nobody to end its gap, clients give up, which `fault-kills.test.ts` looks at. */
const STRATEGIES: readonly StrategyConfig[] = [
  SHORT_CANARY,
  { kind: 'blue-green' },
  {
    kind: 'rolling',
    maxSurge: { unit: 'count', count: 1 },
    maxUnavailable: { unit: 'count', count: 0 },
    bake: { leastMs: 3_000, longestMs: 30_000, minimumRequests: 20 },
  },
];
const seed = Number(process.env['BELAY_SEED'] ?? Date.now() % 100_000);

let server: TemporalServer;
let shop: DeployedShop;

beforeAll(async () => {
  server = await startTemporalServer();
  shop = await DeployedShop.start(server.address);
});

afterAll(async () => {
  await shop.stop();
  await server.stop();
});

/** The router is not killed here: what it loses then is measured in test/integration/kills.test.ts. */
test(`deployments whose worker or server is killed at random end as they should (BELAY_SEED=${seed})`, async () => {
  const random = new Random(seed);
  shop.startLoad();
  for (let round = 0; round < DEPLOYMENTS; round += 1) {
    const revision = round % 2 === 0 ? 2 : 1;
    const run = await shop.deploy(revision, { strategy: random.pick(STRATEGIES) });
    await sleep(random.next() * 10_000);
    await (random.chance(0.5) ? killWorker() : killServer());
    expect(await shop.follow(run, 'live')).toMatchObject({ phase: 'warm', outcome: null });
  }
  expect((await shop.stopLoad()).routerFailures).toEqual([]);
});

async function killWorker(): Promise<void> {
  await shop.host.worker.kill();
  await shop.host.worker.start();
}

async function killServer(): Promise<void> {
  await server.kill();
  await server.restart();
}

import { awaitStatus, isBaking } from '../support/await-status';
import { keepHistory } from '../support/keep-history';
import { DeployedShop } from '../support/deployed-shop';
import { SHORT_CANARY } from '../support/shop';
import { sharedTemporalAddress } from '../support/temporal-server';

let shop: DeployedShop;

beforeAll(async () => {
  shop = await DeployedShop.start(sharedTemporalAddress());
});

afterAll(async () => {
  await shop.stop();
});

test('a blue-green, a bad canary and a requested rollback lose no request', async () => {
  shop.startLoad();

  const blueGreen = await shop.deploy(2);
  const second = await shop.follow(blueGreen, 'live');
  expect(second).toMatchObject({ phase: 'warm', strategy: 'blue-green', outcome: null });

  const badRun = await shop.deploy(3, { strategy: SHORT_CANARY });
  const bad = await shop.follow(badRun, 'ended');
  expect(bad).toMatchObject({ outcome: 'rolled-back', observed: { stable: 100, candidate: 0 } });
  expect(bad.cause).toMatch(/requests failed/);

  const run = await shop.deploy(4, { strategy: SHORT_CANARY });
  await awaitStatus({ client: shop.host.client, run }, isBaking);
  const order = { kind: 'rollback', actor: 'alice', reason: 'a test' } as const;
  const receipt = await shop.host.client.decide(run, order);
  expect(receipt.record).toMatchObject({ effect: 'applied', verification: 'not-verified' });
  const back = await shop.follow(run, 'ended');
  expect(back).toMatchObject({ outcome: 'rolled-back', observed: { stable: 100, candidate: 0 } });

  const { address } = shop.host;
  await keepHistory(address, blueGreen, '0.1-blue-green-yielded');
  await keepHistory(address, badRun, '0.1-canary-harmed');
  await keepHistory(address, run, '0.1-canary-rolled-back-by-decision');

  const judged = await shop.stopLoad();
  expect(judged.routerFailures).toEqual([]);
  expect(judged.failedByRevision).toBeGreaterThan(0);
  expect(judged.requests).toBeGreaterThan(500);
});

test('a revision that was rolled back after user traffic is on hold and refused', async () => {
  const again = await shop.follow(await shop.deploy(4), 'ended');
  expect(again).toMatchObject({ outcome: 'blocked', firstTrafficAtMs: null });
  expect(again.cause).toMatch(/on hold/);
});

test('a revision that serves already succeeds at once and says so', async () => {
  const again = await shop.follow(await shop.deploy(2), 'ended');
  expect(again.outcome).toBe('succeeded');
  expect(again.cause).toMatch(/serves already/);
});

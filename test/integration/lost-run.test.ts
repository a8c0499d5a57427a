import { connectTemporal } from '../../src/client/connection';
import { awaitStatus, isBaking } from '../support/await-status';
import { DeployedShop } from '../support/deployed-shop';
import { SHORT_CANARY } from '../support/shop';
import { sharedTemporalAddress } from '../support/temporal-server';

let shop: DeployedShop;

beforeEach(async () => {
  shop = await DeployedShop.start(sharedTemporalAddress());
  shop.startLoad();
});

afterEach(async () => {
  await shop.stop();
});

async function terminate(workflowId: string): Promise<void> {
  const client = await connectTemporal({ address: sharedTemporalAddress() });
  try {
    await client.workflow.getHandle(workflowId).terminate('a test');
  } finally {
    await client.connection.close();
  }
}

/** A split with nobody who would end it: what a terminated run leaves. */
async function leaveInBetween(): Promise<void> {
  const run = await shop.deploy(2, { strategy: SHORT_CANARY });
  await awaitStatus({ client: shop.host.client, run }, isBaking);
  await terminate(run.workflowId);
}

test('deploying the stable revision again mends a split that a lost run left', async () => {
  await leaveInBetween();
  const mended = await shop.follow(await shop.deploy(1), 'ended');
  expect(mended.outcome).toBe('succeeded');
  expect(mended.cause).toMatch(/serves everybody again/);
  expect((await shop.stopLoad()).routerFailures).toEqual([]);
});

test('the next deployment gives stable its traffic back before anything else', async () => {
  await leaveInBetween();
  const next = await shop.follow(await shop.deploy(4), 'live');
  expect(next.alerts.join()).toMatch(/stable first/);
  expect(next).toMatchObject({ phase: 'warm', observed: { stable: 0, candidate: 100 } });
  expect((await shop.stopLoad()).routerFailures).toEqual([]);
});

test('a dead platform is started again by the preparation, and the deployment goes on', async () => {
  await shop.host.platform.kill();
  const run = await shop.deploy(2);
  expect(await shop.follow(run, 'live')).toMatchObject({ phase: 'warm' });
  const { alerts } = await shop.follow(run, 'live');
  expect(alerts.join()).toMatch(/Repair 1 of 3/);
});

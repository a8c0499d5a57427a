import type { DeploymentRun } from '../../src/client';
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
  // Ends the warm phase of the first: it would try for a minute to finish on the dead platform.
  await shop.follow(await shop.deploy(1), 'ended');
  await shop.host.platform.kill();
  const run = await shop.deploy(2);
  expect(await shop.follow(run, 'live')).toMatchObject({ phase: 'warm' });
  const { alerts } = await shop.follow(run, 'live');
  expect(alerts.join()).toMatch(/Repair 1 of 3/);
});

test('a run that was reset behind its own effects gives stable its traffic back', async () => {
  const run = await shop.deploy(2, { strategy: SHORT_CANARY });
  await awaitStatus({ client: shop.host.client, run }, isBaking);
  await resetBehindClaim(run);
  const { client } = shop.host;
  const newest = await client.find(run.ref);
  expect(newest.runId).not.toBe(run.runId);
  const back = await shop.follow(newest, 'ended');
  expect(back).toMatchObject({ outcome: 'rolled-back', observed: { stable: 100, candidate: 0 } });
  expect((await shop.stopLoad()).routerFailures).toEqual([]);
});

/** To the workflow task after the claim: what the run did to the target since then is not in its history any more. */
async function resetBehindClaim(run: DeploymentRun): Promise<void> {
  const client = await connectTemporal({ address: sharedTemporalAddress() });
  try {
    const { events } = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    const all = events ?? [];
    const claim = all.findIndex(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'claimTarget',
    );
    const task = all.slice(claim + 1).find((event) => event.workflowTaskCompletedEventAttributes);
    await client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: run.workflowId, runId: run.runId },
      reason: 'a test',
      requestId: run.runId,
      workflowTaskFinishEventId: task?.eventId ?? null,
    });
  } finally {
    await client.connection.close();
  }
}

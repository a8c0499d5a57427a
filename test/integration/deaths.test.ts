import { setTimeout as sleep } from 'node:timers/promises';
import { createPlatformClient, servicePath } from '../../src/adapters/platform-client';
import type { Digest } from '../../src/domain/revision';
import type { DeploymentStatus } from '../../src/domain/status';
import type { ServiceView } from '../../src/platform/admin-api';
import { platformSocketPath } from '../../src/platform/socket-path';
import { awaitStatus, isBaking } from '../support/await-status';
import { DeployedShop } from '../support/deployed-shop';
import { SHORT_CANARY } from '../support/shop';
import { sharedTemporalAddress } from '../support/temporal-server';

const REF = { service: 'shop', environment: 'production' };
const KILL_EVERY_MS = 100;
/** Five seconds without an answer, and what looks and the way back take on a slow machine; the step has two minutes. */
const SOON_MS = 45_000;

const mercy = new AbortController();

let shop: DeployedShop;

beforeAll(async () => {
  shop = await DeployedShop.start(sharedTemporalAddress());
});

afterAll(async () => {
  mercy.abort();
  await shop.stop();
});

test('a candidate whose every instance ends, as often as it is started, is taken back soon and nobody is asked', async () => {
  shop.startLoad();
  // Without criteria: a request that dies with its instance would be harm enough for one of them.
  const run = await shop.deploy(2, { strategy: SHORT_CANARY, criteria: [] });
  const { revision, stable } = await awaitStatus({ client: shop.host.client, run }, isBaking);
  const killedAtMs = Date.now();
  const killing = killAll(revision ?? '');
  const status = await shop.follow(run, 'ended');
  mercy.abort();
  await killing;
  expect(status).toMatchObject({ outcome: 'rolled-back', observed: { stable: 100, candidate: 0 } });
  expect(status.cause).toContain('No instance of the candidate has answered');
  expect(status.alerts.join()).not.toContain('A person must decide');
  expect(toSafeMs(status, killedAtMs)).toBeLessThan(SOON_MS);
  expect(await weights()).toEqual({ [stable ?? '']: 100 });
});

function toSafeMs({ safeAtMs }: DeploymentStatus, sinceMs: number): number {
  return (safeAtMs ?? Number.POSITIVE_INFINITY) - sinceMs;
}

/** Every process of the revision, and every one that the supervisor puts in its place. */
async function killAll(revision: Digest): Promise<void> {
  while (!mercy.signal.aborted) {
    const { fleets } = await look();
    const fleet = fleets.find((one) => one.revision === revision);
    for (const { pid } of fleet?.instances ?? []) if (pid !== null) kill(pid);
    await sleep(KILL_EVERY_MS);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended since it was seen.
  }
}

async function weights(): Promise<unknown> {
  return (await look()).traffic.commanded;
}

function look(): Promise<ServiceView> {
  const client = createPlatformClient(platformSocketPath(shop.host.home));
  const order = { method: 'GET', path: servicePath(REF) } as const;
  return client.call<ServiceView>(order, AbortSignal.timeout(30_000));
}

import { rmSync, cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFileEnvironmentRecord } from '../../src/adapters/records/file-environment-record';
import type { DeploymentRun } from '../../src/client';
import { connectTemporal } from '../../src/client/connection';
import type { DeploymentRequest } from '../../src/domain/deployment';
import { awaitStatus, isBaking } from '../support/await-status';
import { DeployedShop } from '../support/deployed-shop';
import { LineClients, SHOP } from '../support/line-clients';
import { eventually } from '../support/until';
import { SHORT_CANARY } from '../support/shop';
import { sharedTemporalAddress } from '../support/temporal-server';

/** Nobody has seen a deployment that waits for this. */
const APPROVAL = {
  approvers: ['alice'],
  quorum: 1,
  deadlineMs: 600_000,
  onDeadline: 'reject',
} as const;

const SHORT_VERIFY = { leastMs: 1_000, longestMs: 20_000, minimumRequests: 0 };

let shop: DeployedShop;
let clients: LineClients;

beforeAll(async () => {
  shop = await DeployedShop.start(sharedTemporalAddress());
  clients = new LineClients(shop);
});

afterAll(async () => {
  await shop.stop();
});

/** One test that fails leaves the lock to the next one. */
afterEach(async () => {
  const { client } = shop.host;
  const order = { actor: 'the test', reason: 'it is over' };
  for (const { deploymentId } of await clients.waiting()) {
    await client.leaveLine({ deploymentId, ...order }).catch(() => undefined);
  }
  const run = await client.find(SHOP);
  if (run.state !== 'running' || (await client.status(run)).status.live) return;
  await client.decide(run, { kind: 'abort', ...order }).catch(() => undefined);
  await shop.follow(run, 'ended');
});

/** Holds the lock until {@link reject}ed; no user has seen it. */
async function holdLock(revision: number): Promise<DeploymentRun> {
  const run = await shop.deploy(revision, { approval: APPROVAL, run: freshRun() });
  const isWaiting = { client: shop.host.client, run };
  await awaitStatus(isWaiting, ({ waitingFor }) => waitingFor === 'approval');
  return run;
}

/** Users see it, and it goes no further. */
async function pausedCanary(): Promise<DeploymentRun> {
  const run = await shop.deploy(4, { strategy: SHORT_CANARY, run: freshRun() });
  await awaitStatus({ client: shop.host.client, run }, isBaking);
  await shop.host.client.decide(run, { kind: 'pause', actor: 'alice', reason: 'a test' });
  return run;
}

async function reject(run: DeploymentRun): Promise<void> {
  const order = { kind: 'reject', actor: 'alice', reason: 'a test' } as const;
  await shop.host.client.decide(run, order);
}

/** Another value in the environment is another revision of the same artifact, which does not serve already. */
function freshRun(): DeploymentRequest['run'] {
  fresh += 1;
  const { run } = shop.request(1);
  return { ...run, env: { FRESH: String(fresh) } };
}

let fresh = 0;

async function ended(deployment: string): Promise<Awaited<ReturnType<DeployedShop['follow']>>> {
  return shop.follow(await clients.started(deployment), 'ended');
}

describe('clients that die', () => {
  test('queue: clients killed after joining and while waiting are started in their order, by the line alone', async () => {
    const running = await holdLock(2);
    const joining = clients.deploy(1, '--conflict', 'queue', '--as', 'ann');
    const [first] = await clients.untilWaiting(1);
    await joining.kill();
    const waiting = clients.deploy(1, '--conflict', 'queue', '--as', 'ben');
    await waiting.wrote(/waiting in line: 2 ahead/);
    await waiting.kill();
    const [, second] = await clients.untilWaiting(2);

    const status = await shop.host.cli(['status', 'shop/production', '--output', 'json']);
    expect(JSON.parse(status.stdout)).toMatchObject({
      deployment: running.deployment,
      line: [
        { deployment: first?.deploymentId, place: 1, kind: 'queue', initiator: 'ann' },
        { deployment: second?.deploymentId, place: 2, kind: 'queue', initiator: 'ben' },
      ],
    });
    const shown = await shop.host.cli(['status', first?.deploymentId ?? '']);
    expect(shown.stdout).toContain('waits in line, place 1 of 2');

    await reject(running);
    await ended(first?.deploymentId ?? '');
    await ended(second?.deploymentId ?? '');
    const { past } = await eventually(async () => {
      const line = await shop.host.client.line(SHOP);
      return line.waiting.length === 0 ? { past: line.past } : null;
    });
    expect(past.filter(({ end }) => end.kind !== 'started')).toEqual([]);
  });

  test('a warm deployment makes way for a client that is killed between its yield and the start', async () => {
    const warm = await shop.deploy(4, { verify: SHORT_VERIFY });
    await shop.follow(warm, 'live');
    const client = clients.deploy(1, '--as', 'cat');
    const { status } = await eventually(async () => {
      const view = await shop.host.client.status(warm);
      return view.status.decisions.some(({ kind }) => kind === 'yield') ? view : null;
    });
    await client.kill();
    expect(status.decisions).toMatchObject([{ kind: 'yield', actor: 'cat', effect: 'applied' }]);
    const run = await eventually(async () => {
      const newest = await shop.host.client.find(SHOP);
      return newest.deployment === warm.deployment ? null : newest;
    });
    expect(await shop.follow(run, 'ended')).toMatchObject({ outcome: 'succeeded' });
  });

  test('a client killed right after the start leaves a deployment that goes on', async () => {
    const running = await holdLock(2);
    const client = clients.deploy(2, '--conflict', 'queue');
    const [place] = await clients.untilWaiting(1);
    await reject(running);
    const run = await clients.started(place?.deploymentId ?? '');
    await client.kill();
    expect(await shop.follow(run, 'ended')).toMatchObject({ outcome: 'succeeded' });
  });
});

describe('supersede', () => {
  test('one that no user has seen ends superseded, and the newcomer is started', async () => {
    const running = await holdLock(4);
    const client = clients.deploy(2, '--conflict', 'supersede', '--as', 'dan');
    const old = await shop.follow(running, 'ended');
    expect(old).toMatchObject({ outcome: 'superseded', firstTrafficAtMs: null });
    expect(old.decisions).toMatchObject([{ kind: 'supersede', actor: 'dan', effect: 'applied' }]);
    expect(await client.exitCode()).toBe(0);
  });

  test('one that carries traffic is never cancelled: everybody waits, and the newest wins', async () => {
    shop.startLoad();
    const canary = await pausedCanary();
    const at = { client: shop.host.client, run: canary };
    const older = clients.deploy(1, '--conflict', 'supersede');
    await older.wrote(/waiting in line: 1 ahead/);
    const newer = clients.deploy(1, '--conflict', 'supersede');
    await newer.wrote(/waiting in line: 1 ahead/);
    expect(await older.exitCode()).toBe(7);
    expect(older.output()).toContain('SUPERSEDED');
    const seen = await awaitStatus(at, isBaking);
    expect(seen.decisions).toMatchObject([{ kind: 'pause' }]);

    await shop.host.client.decide(canary, { kind: 'abort', actor: 'eve', reason: null });
    expect(await shop.follow(canary, 'ended')).toMatchObject({ outcome: 'cancelled' });
    expect(await newer.exitCode()).toBe(0);
    expect((await shop.stopLoad()).failedByRouter).toBe(0);
  });
});

describe('leaving', () => {
  test('who leaves is told, and the line closes behind the last one', async () => {
    const running = await holdLock(3);
    const client = clients.deploy(1, '--conflict', 'queue');
    const [place] = await clients.untilWaiting(1);
    const left = await shop.host.cli([
      ...['line', 'leave', place?.deploymentId ?? '', '--as', 'fay'],
      ...['--reason', 'a typo', '--output', 'json'],
    ]);
    expect(left.code).toBe(0);
    expect(JSON.parse(left.stdout)).toMatchObject({ end: 'left' });
    expect(await client.exitCode()).toBe(7);
    expect(client.output()).toMatch(/fay took it out of the line: a typo/);
    const shown = await shop.host.cli(['line', 'shop/production']);
    expect(shown.stdout).toContain('nobody waits');
    await reject(running);
    await shop.follow(running, 'ended');
  });

  test('a line that is cancelled through Temporal sends everybody away', async () => {
    const running = await holdLock(3);
    const client = clients.deploy(1, '--conflict', 'queue');
    await client.wrote(/waiting in line: 1 ahead/);
    const temporal = await connectTemporal({ address: shop.host.address });
    await temporal.workflow.getHandle('line/shop/production').cancel();
    await temporal.connection.close();
    expect(await client.exitCode()).toBe(7);
    expect(client.output()).toContain('the line was cancelled');
    await reject(running);
    await shop.follow(running, 'ended');
  });

  test('who has waited long enough leaves by itself', async () => {
    const running = await holdLock(3);
    const client = clients.deploy(1, '--conflict', 'queue', '--line-wait', '2');
    expect(await client.exitCode()).toBe(124);
    expect(client.output()).toContain('LINE_EXPIRED');
    await reject(running);
    await shop.follow(running, 'ended');
  });

  test('detached, it prints the id and that it waits; a worker that dies meanwhile changes nothing', async () => {
    const running = await holdLock(3);
    const client = clients.deploy(1, '--conflict', 'queue', '--detach', '--output', 'json');
    expect(await client.exitCode()).toBe(0);
    const { deployment, runId } = JSON.parse(client.stdout()) as {
      readonly deployment: string;
      readonly runId: string | null;
    };
    expect(runId).toBeNull();
    await clients.untilWaiting(1);
    await shop.host.worker.kill();
    await reject(running);
    await shop.host.worker.start();
    expect(await ended(deployment)).toMatchObject({ outcome: 'succeeded' });
  });
});

test('an entry whose artifact has vanished is blocked before any effect, and the line goes on', async () => {
  const running = await holdLock(3);
  const folder = mkdtempSync(join(tmpdir(), 'belay-vanishing-'));
  const { artifact } = shop.request(2);
  cpSync(artifact.kind === 'files' ? artifact.path : '', folder, { recursive: true });
  const vanishing = shop.request(2, {
    artifact: { kind: 'files', path: folder, commit: null },
    run: freshRun(),
  });
  await shop.host.client.request(vanishing, { conflict: 'queue' });
  const next = shop.request(1, { verify: SHORT_VERIFY, rollbackWindowMs: 0 });
  await shop.host.client.request(next, { conflict: 'queue' });
  rmSync(folder, { recursive: true });
  await reject(running);
  expect(await ended(vanishing.deploymentId)).toMatchObject({
    outcome: 'blocked',
    cause: expect.stringContaining(folder) as string,
    firstTrafficAtMs: null,
  });
  expect((await ended(next.deploymentId)).outcome).toBe('succeeded');
});

test('waiting writes no history, and a line that gets long goes on in a new run', async () => {
  const running = await holdLock(3);
  const client = clients.deploy(1, '--conflict', 'queue');
  const [place] = await clients.untilWaiting(1);
  const temporal = await connectTemporal({ address: shop.host.address });
  const line = temporal.workflow.getHandle('line/shop/production');
  const { runId, historyLength } = await line.describe();
  await sleep(3_000);
  expect((await line.describe()).historyLength).toBe(historyLength);
  const nobody = { deploymentId: 'nobody', actor: 'the test', reason: null };
  // More than a run may hold before it hands on, and no more: the server takes 10 000 for one run.
  for (let batch = 0; batch < 12; batch += 1) {
    await Promise.all(Array.from({ length: 100 }, () => line.signal('leave', nobody)));
  }
  await eventually(async () => ((await line.describe()).runId === runId ? null : 'another'));
  await temporal.connection.close();
  expect(await clients.waiting()).toMatchObject([{ deploymentId: place?.deploymentId }]);
  await reject(running);
  await ended(place?.deploymentId ?? '');
  expect(await client.exitCode()).toBe(0);
});

test('a way back takes the head of the line, and what carries traffic goes back first', async () => {
  const { stable } = await createFileEnvironmentRecord({ home: shop.host.home }).read(SHOP);
  if (stable === null) throw new Error('nothing serves');
  shop.startLoad();
  const canary = await pausedCanary();
  const other = clients.deploy(1, '--conflict', 'queue');
  await other.wrote(/waiting in line: 1 ahead/);
  const { digest: revision, artifact } = stable.revision;
  const back = shop.request(1, {
    artifact: { kind: 'revision', revision, artifact, commit: null },
    run: { ...shop.request(1).run, ...stable.revision },
    initiator: 'gus',
  });
  await shop.host.client.request(back);
  const gone = await shop.follow(canary, 'ended');
  expect(gone).toMatchObject({ outcome: 'rolled-back' });
  expect(gone.decisions.at(-1)).toMatchObject({ kind: 'rollback', actor: 'gus' });
  const backRun = await clients.started(back.deploymentId);
  await shop.follow(backRun, 'ended');
  expect(await other.exitCode()).toBe(0);
  expect((await shop.stopLoad()).failedByRouter).toBe(0);
});

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectTemporal } from '../../src/client/connection';
import { homeLayout } from '../../src/domain/home-layout';
import { HelloHost } from '../support/hello-host';
import { eventually } from '../support/until';
import { sharedTemporalAddress } from '../support/temporal-server';

let hello: HelloHost;

beforeAll(async () => {
  hello = await HelloHost.start(sharedTemporalAddress());
  await hello.serve('v1');
  await hello.serve('v2');
  await hello.belay('rollback', '--as', 'alice', '--reason', 'too slow');
  await hello.ended();
});

afterAll(async () => {
  await hello.stop();
});

function ledgerFiles(): readonly string[] {
  const folder = homeLayout(hello.host.home).ledger;
  return readdirSync(folder).map((name) => join(folder, name));
}

/** The whole ledger, by file. */
function ledger(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    ledgerFiles().map((path) => [path, JSON.parse(readFileSync(path, 'utf8')) as unknown]),
  );
}

interface Reconciled {
  readonly rebuilt: readonly { readonly before: string; readonly from: string }[];
  readonly lost: readonly string[];
}

async function reconcile(): Promise<Reconciled> {
  return (await hello.belayJson('history', '--reconcile')) as Reconciled;
}

/** Temporal's list of runs is behind what has been started. */
async function untilListed(count: number): Promise<void> {
  const [service = '', environment = ''] = hello.name.split('/');
  await eventually(async () => {
    const runs = await hello.host.client.list({ service, environment, limit: 10 });
    return runs.length === count ? runs : null;
  });
}

test('tells what was deployed, by whom, why, and how it ended', async () => {
  const { stdout, code } = await hello.belay('history', '--since', '1h');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(
    /succeeded +[0-9a-f]{12} +blue-green .*alice: undo of [0-9a-f]{12}; too slow$/,
  );
});

test('needs no Temporal', async () => {
  const env = { ...hello.host.env, TEMPORAL_ADDRESS: '127.0.0.1:9' };
  for (const command of ['history', 'show']) {
    const { code } = await hello.host.cli([command], { cwd: hello.folder, env });
    expect(code).toBe(0);
  }
});

test('a ledger that was lost is rebuilt from Temporal as it was', async () => {
  await untilListed(3);
  const before = ledger();
  rmSync(homeLayout(hello.host.home).ledger, { recursive: true });
  expect(await reconcile()).toMatchObject({
    rebuilt: [1, 2, 3].map(() => ({ before: 'missing', from: 'history' })),
    lost: [],
  });
  expect(ledger()).toEqual(before);
});

test('a record that was never closed is closed, and the others stay as they are', async () => {
  const before = ledger();
  const [path = ''] = ledgerFiles();
  const record = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...record, closing: null }));
  const { rebuilt } = await reconcile();
  expect(rebuilt).toMatchObject([{ before: 'open', from: 'history' }]);
  expect(ledger()).toEqual(before);
  expect((await reconcile()).rebuilt).toEqual([]);
});

test('a run that was terminated is closed, saying that nothing was undone', async () => {
  hello.configure({ startWithin: '300', verify: '{ least: 60, longest: 120 }' });
  writeFileSync(join(hello.folder, 'dist', 'server.js'), 'process.stdin.resume();');
  const { stdout } = await hello.belay('deploy', '--detach');
  const deployment = stdout.trim();
  const { client } = hello.host;
  const run = await client.find({ deployment });
  const temporal = await connectTemporal({ address: sharedTemporalAddress() });
  await temporal.workflow.getHandle(run.workflowId).terminate('a test');
  await temporal.connection.close();
  await untilListed(4);
  const { rebuilt } = await reconcile();
  expect(rebuilt).toMatchObject([{ from: 'state' }]);
  expect(await hello.belayJson('show', deployment)).toMatchObject({
    closing: {
      outcome: 'rollback-incomplete',
      cause: expect.stringContaining('nothing was undone') as string,
      strategy: 'blue-green',
    },
  });
});

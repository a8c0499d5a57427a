import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunDescription } from '../../../src/client/temporal-runs';
import { aRun, START_MS } from '../client/samples';
import { FakeCli } from './fake-cli';
import { RESTORED, ROLLED_BACK } from './ledger-samples';

let cli: FakeCli;

beforeEach(() => {
  cli = new FakeCli();
  writeFileSync(join(cli.home, 'belay.yaml'), 'service: shop\n');
});
afterEach(() => {
  cli.remove();
});

function ran(deployment: string, change: Partial<RunDescription> = {}): void {
  const attributes = { ...aRun().attributes, deployment };
  const ended = { state: 'completed', closedAtMs: START_MS + 9 } as const;
  cli.runs.runs.push(aRun({ ...ended, runId: `run-of-${deployment}`, ...change, attributes }));
}

/** Its history is still there. */
function remembered({ deploymentId, closing, ...rest }: typeof ROLLED_BACK): void {
  cli.runs.histories[`run-of-${deploymentId}`] = {
    request: null,
    opening: { deploymentId, ...rest },
    closing,
    candidate: null,
  };
}

async function reconcile() {
  const { stdout } = await cli.run('history', '--reconcile', '--output', 'json');
  return JSON.parse(stdout) as unknown;
}

describe('belay history --reconcile', () => {
  test('writes again what is missing, exactly as it was', async () => {
    ran(ROLLED_BACK.deploymentId);
    remembered(ROLLED_BACK);
    expect(await reconcile()).toMatchObject({
      schemaVersion: 1,
      rebuilt: [{ deployment: ROLLED_BACK.deploymentId, before: 'missing', from: 'history' }],
      agreeing: 0,
      lost: [],
      oldestRunAt: '2026-11-23T10:00:00.000Z',
    });
    expect(await cli.ledger.find(ROLLED_BACK.deploymentId)).toEqual(ROLLED_BACK);
  });

  test('closes what is open although the run has ended', async () => {
    await cli.ledger.open(ROLLED_BACK);
    ran(ROLLED_BACK.deploymentId);
    remembered(ROLLED_BACK);
    expect(await reconcile()).toMatchObject({ rebuilt: [{ before: 'open', from: 'history' }] });
    expect(await cli.ledger.find(ROLLED_BACK.deploymentId)).toEqual(ROLLED_BACK);
  });

  test('says of a terminated run that nothing was undone', async () => {
    ran(ROLLED_BACK.deploymentId, { state: 'stopped' });
    expect(await reconcile()).toMatchObject({ rebuilt: [{ from: 'state' }] });
    expect((await cli.ledger.find(ROLLED_BACK.deploymentId))?.closing).toMatchObject({
      outcome: 'rollback-incomplete',
      cause: expect.stringContaining('nothing was undone') as string,
    });
  });

  test('what has just been started is not lost, although no list knows it yet', async () => {
    await cli.ledger.open(ROLLED_BACK);
    ran(ROLLED_BACK.deploymentId, { state: 'running' });
    const list = cli.runs.list.bind(cli.runs);
    cli.runs.list = async (filter) => ('deployment' in filter ? list(filter) : []);
    expect(await reconcile()).toMatchObject({ rebuilt: [], lost: [] });
  });

  test.each([
    ['--since', '7d'],
    ['--limit', '3'],
  ])('2: %s says nothing to it, and is not passed over in silence', async (...limits) => {
    const { code, stderr } = await cli.run('history', '--reconcile', ...limits);
    expect(code).toBe(2);
    expect(stderr).toContain('--reconcile');
  });

  test('leaves alone what is closed, and what runs', async () => {
    await cli.ledger.open(ROLLED_BACK);
    await cli.ledger.close(ROLLED_BACK.deploymentId, ROLLED_BACK.closing!);
    await cli.ledger.open(RESTORED);
    ran(ROLLED_BACK.deploymentId, { state: 'stopped' });
    ran(RESTORED.deploymentId, { state: 'running' });
    expect(await reconcile()).toMatchObject({ rebuilt: [], agreeing: 2 });
    expect(await cli.ledger.find(ROLLED_BACK.deploymentId)).toEqual(ROLLED_BACK);
  });

  test('takes the newest run of a deployment that was reset', async () => {
    ran(ROLLED_BACK.deploymentId, { state: 'running', startedAtMs: START_MS + 5 });
    ran(ROLLED_BACK.deploymentId, { state: 'stopped', runId: 'before-the-reset' });
    expect(await reconcile()).toMatchObject({ rebuilt: [{ from: 'open' }] });
    expect((await cli.ledger.find(ROLLED_BACK.deploymentId))?.closing).toBeNull();
  });

  test('names what Temporal has forgotten', async () => {
    await cli.ledger.open(ROLLED_BACK);
    const { stdout } = await cli.run('history', '--reconcile');
    expect(stdout).toContain(`${ROLLED_BACK.deploymentId} is open in the ledger`);
    expect(stdout).toContain('Temporal knows no run of it');
  });

  test('run twice, it changes nothing', async () => {
    ran(ROLLED_BACK.deploymentId);
    remembered(ROLLED_BACK);
    await reconcile();
    expect(await reconcile()).toMatchObject({ rebuilt: [], agreeing: 1 });
  });
});

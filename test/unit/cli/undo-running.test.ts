import { shortDigest, type Revision } from '../../../src/domain/revision';
import { aRecord, aRun, aStatus, REF } from '../client/samples';
import { FakeCli } from './fake-cli';
import { deploymentAt, serve, writeConfig } from './served-revisions';

let cli: FakeCli;
let earlier: Revision;
let serving: Revision;

beforeEach(async () => {
  cli = new FakeCli();
  writeConfig(cli, ['service: shop']);
  await serve(cli, 'old', 1);
  earlier = await serve(cli, 'earlier', 2);
  serving = await serve(cli, 'serving', 3);
});
afterEach(() => {
  cli.remove();
});

describe('a rollback while a deployment runs', () => {
  beforeEach(() => {
    cli.runs.runs.push(aRun());
    cli.runs.statuses = [
      aStatus({ stable: serving.digest }),
      aStatus({ stable: serving.digest, phase: 'ended', outcome: 'rolled-back' }),
    ];
    cli.runs.record = aRecord({ kind: 'rollback' });
  });

  test('is a decision', async () => {
    expect((await cli.run('rollback')).code).toBe(0);
    expect(cli.runs.signals).toMatchObject([{ kind: 'rollback' }]);
  });

  test('is a decision too where the revision is named that it goes back to', async () => {
    expect((await cli.run('rollback', '--to', shortDigest(serving.digest))).code).toBe(0);
    expect(cli.runs.signals).toMatchObject([{ kind: 'rollback' }]);
    expect(cli.runs.started).toEqual([]);
  });
});

describe('a rollback --to what serves, before the running deployment knows what that is', () => {
  test('is a decision, and not "it serves already"', async () => {
    cli.runs.runs.push(aRun());
    cli.runs.record = aRecord({ kind: 'rollback' });
    cli.runs.statuses = [
      aStatus({ stable: null, phase: 'store' }),
      aStatus({ phase: 'ended', outcome: 'cancelled' }),
    ];
    expect((await cli.run('rollback', '--to', shortDigest(serving.digest))).code).toBe(0);
    expect(cli.runs.signals).toMatchObject([{ kind: 'rollback' }]);
  });
});

describe('a rollback of a newcomer while an inherited fleet stands by', () => {
  beforeEach(async () => {
    await standBy(earlier, Date.now() + 60_000);
    cli.runs.runs.push(aRun());
    cli.runs.statuses = [
      aStatus({ stable: serving.digest }),
      aStatus({ stable: serving.digest, phase: 'ended', outcome: 'cancelled' }),
    ];
    cli.runs.record = aRecord({ kind: 'rollback' });
  });

  async function standBy(revision: Revision, untilMs: number): Promise<void> {
    const evidence = { criteria: [], evidenceFromMs: 0, instances: 1 };
    const by = { broughtBy: deploymentAt(2), deploymentId: deploymentAt(3) };
    await cli.records.setWarm(REF, { revision, untilMs, ...by, ...evidence });
  }

  test('--to what serves ends the newcomer, and takes back nothing of what serves', async () => {
    expect((await cli.run('rollback', '--to', shortDigest(serving.digest))).code).toBe(0);
    expect(cli.runs.signals).toMatchObject([{ kind: 'abort' }]);
    expect(cli.runs.started).toEqual([]);
  });

  test('--to what stands by is its own way back, no deployment', async () => {
    await cli.run('rollback', '--to', shortDigest(earlier.digest));
    expect(cli.runs.signals).toMatchObject([{ kind: 'rollback' }]);
    expect(cli.runs.line.joined).toEqual([]);
  });

  test('once users have seen the newcomer, what serves is its own way back again', async () => {
    cli.runs.statuses = [
      aStatus({ stable: serving.digest, firstTrafficAtMs: 1 }),
      aStatus({ stable: serving.digest, phase: 'ended', outcome: 'rolled-back' }),
    ];
    await cli.run('rollback', '--to', shortDigest(serving.digest));
    expect(cli.runs.signals).toMatchObject([{ kind: 'rollback' }]);
  });

  test('once the window is over, what serves is its own way back again', async () => {
    await standBy(earlier, Date.now() - 1);
    await cli.run('rollback', '--to', shortDigest(serving.digest));
    expect(cli.runs.signals).toMatchObject([{ kind: 'rollback' }]);
  });
});

describe('a rollback while the old fleet is being retired', () => {
  test('waits for the end, and then brings the earlier revision back', async () => {
    cli.runs.runs.push(aRun());
    cli.runs.record = aRecord({ kind: 'rollback', effect: 'refused', sentence: 'too late' });
    const queryStatus = cli.runs.queryStatus.bind(cli.runs);
    cli.runs.queryStatus = async () => {
      const status = await queryStatus();
      if (status.outcome === 'succeeded') cli.runs.end('completed');
      return status;
    };
    cli.runs.statuses = [
      aStatus({ phase: 'finish', live: true }),
      aStatus({ phase: 'ended', outcome: 'succeeded' }),
      aStatus({ phase: 'warm', live: true }),
    ];
    expect((await cli.run('rollback')).code).toBe(0);
    expect(cli.runs.started).toMatchObject([
      {
        request: { artifact: { revision: earlier.digest }, restores: { replaces: serving.digest } },
      },
    ]);
  });

  test('5: a decision that is refused for another reason stays refused', async () => {
    cli.runs.runs.push(aRun());
    cli.runs.record = aRecord({
      kind: 'rollback',
      effect: 'refused',
      sentence: 'goes back already',
    });
    cli.runs.statuses = [aStatus({ phase: 'rollback' })];
    expect((await cli.run('rollback')).code).toBe(5);
    expect(cli.runs.started).toEqual([]);
  });
});

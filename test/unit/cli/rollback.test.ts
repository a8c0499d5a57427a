import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortDigest, type Revision } from '../../../src/domain/revision';
import type { TrafficRouter } from '../../../src/ports/traffic-router';
import type { CanaryConfig } from '../../../src/domain/rollout/strategy';
import { aRecord, aRequest, aRun, aStatus, REF } from '../client/samples';
import { FakeCli } from './fake-cli';
import { deploymentAt, hold, serve } from './served-revisions';

const CANARY: CanaryConfig = { kind: 'canary', steps: [] };

let cli: FakeCli;
let old: Revision;
let earlier: Revision;
let serving: Revision;

beforeEach(async () => {
  cli = new FakeCli();
  configure('service: shop');
  old = await serve(cli, 'old', 1);
  earlier = await serve(cli, 'earlier', 2);
  serving = await serve(cli, 'serving', 3);
});
afterEach(() => {
  cli.remove();
});

function configure(first: string, more = '', environment = 'production'): void {
  const lines = [
    first,
    'artifact: ./build',
    'run: [node, another.js]',
    'listen: 8080',
    'health: { path: /health }',
    'drain: 3',
    more,
    `deploymentPipeline: { deployment: { environments: [{ name: ${environment}, instances: 3 }] } }`,
  ];
  writeFileSync(join(cli.home, 'belay.yaml'), `${lines.join('\n')}\n`);
}

/** What was started, or the reason why nothing was. */
async function rollback(...argv: string[]) {
  cli.runs.statuses = [aStatus({ phase: 'warm', live: true })];
  const ran = await cli.run('rollback', ...argv);
  return { ...ran, request: cli.runs.started[0]?.request };
}

describe('a rollback after the end', () => {
  test('brings back the last that served fully, and is done when it is live', async () => {
    const { code, request, stdout } = await rollback('--as', 'alice', '--reason', 'too slow');
    expect(code).toBe(0);
    expect(request).toMatchObject({
      ...REF,
      initiator: 'alice',
      reason: 'too slow',
      artifact: { kind: 'revision', revision: earlier.digest, artifact: earlier.artifact },
      restores: { replaces: serving.digest, undoes: deploymentAt(3) },
    });
    expect(stdout).toContain(
      `bringing back ${shortDigest(earlier.digest)} in place of ${shortDigest(serving.digest)}: 1 file changed`,
    );
  });

  test('runs the revision as it ran, where and on how much the file says', async () => {
    const { request } = await rollback();
    expect(request?.run).toEqual({
      command: ['node', 'server.js'],
      env: { COLOUR: 'blue' },
      secrets: [],
      health: earlier.health,
      stopGraceMs: 7_000,
      startWithinMs: expect.any(Number) as number,
      drainMs: 3_000,
    });
    expect(request).toMatchObject({ instances: 3, target: { kind: 'local', listen: 8080 } });
  });

  test('waits for nothing that the revision has passed before', async () => {
    configure('service: shop', 'dependsOn: ["http://127.0.0.1:1"]');
    const { request } = await rollback();
    expect(request).toMatchObject({ gates: [], approval: null, dependsOn: [] });
  });

  test('does not go back by canary, because it has served everybody before', async () => {
    configure('service: shop', 'canary: { preset: seed }');
    expect((await rollback()).request?.strategy).toEqual({ kind: 'blue-green' });
  });

  test('goes back by canary where somebody asks for it', async () => {
    expect((await rollback('--strategy', 'canary')).request?.strategy.kind).toBe('canary');
  });

  test('brings back the one that is named', async () => {
    const { request } = await rollback('--to', shortDigest(old.digest).slice(0, 6));
    expect(request?.artifact).toMatchObject({ revision: old.digest });
  });

  test('0: what is named serves already', async () => {
    const { code, request, stdout } = await rollback('--to', shortDigest(serving.digest));
    expect([code, request]).toEqual([0, undefined]);
    expect(stdout).toContain('serves shop/production already');
  });

  test('5: what is named is on hold, with the way to lift it', async () => {
    await hold(cli, old.digest);
    const { code, request, stderr } = await rollback('--to', shortDigest(old.digest));
    expect([code, request]).toEqual([5, undefined]);
    expect(stderr).toContain(`belay hold lift shop/production ${shortDigest(old.digest)}`);
  });

  test('5: what is named has never served fully, with what is left', async () => {
    const { code, stderr } = await rollback('--to', '123456789');
    expect(code).toBe(5);
    expect(stderr).toContain(
      `what is left is ${shortDigest(earlier.digest)}, ${shortDigest(old.digest)}`,
    );
  });

  test('2: what is named is no revision', async () => {
    expect((await rollback('--to', 'main')).code).toBe(2);
  });

  describe('in a folder whose belay.yaml is of no use', () => {
    const before = aRequest({ instances: 7, strategy: CANARY, gates: [], dependsOn: ['db:1'] });

    beforeEach(() => {
      const attributes = { ...aRun().attributes, deployment: deploymentAt(3) };
      cli.runs.runs.push(aRun({ runId: 'run-3', state: 'completed', attributes }));
      const record = { opening: null, closing: null, candidate: null };
      cli.runs.histories['run-3'] = { ...record, request: before };
    });

    test('does it like the deployment that brought what serves', async () => {
      configure('service: another');
      const { code, request, stderr } = await rollback('shop/production');
      expect(code).toBe(0);
      expect(request).toMatchObject({
        instances: 7,
        strategy: { kind: 'blue-green' },
        artifact: { kind: 'revision', revision: earlier.digest },
        run: { command: ['node', 'server.js'], env: { COLOUR: 'blue' } },
        dependsOn: [],
        initiator: expect.not.stringMatching(/^ci$/) as string,
      });
      expect(request?.deploymentId).not.toBe(before.deploymentId);
      expect(stderr).toContain('No belay.yaml of shop is at hand');
    });

    test.each([
      ['has a mistake', 'service: shop', 'instances: many', 'belay.yaml has one problem: '],
      ['is no YAML', '<<<<<<< HEAD', '', 'belay.yaml has '],
    ])('a file that %s never stands in the way back', async (_case, first, more, said) => {
      configure(first, more);
      const { code, request, stderr } = await rollback('shop/production');
      expect([code, request?.instances]).toEqual([0, 7]);
      expect(stderr).toContain(`The belay.yaml of this folder was left aside (${said}`);
    });

    test('nor does one that no longer names the environment', async () => {
      configure('service: shop', '', 'prod');
      const { code, stderr } = await rollback('shop/production');
      expect(code).toBe(0);
      expect(stderr).toContain('left aside (belay.yaml declares no environment "production"');
    });

    test('2: another strategy is something that only a file describes', async () => {
      configure('service: shop', 'instances: many');
      const { code, request } = await rollback('shop/production', '--strategy', 'rolling');
      expect([code, request]).toEqual([2, undefined]);
    });

    test('2: Temporal has forgotten that deployment, so that the folder has to be named', async () => {
      configure('service: another');
      cli.runs.histories = {};
      const { code, stderr } = await rollback('shop/production');
      expect(code).toBe(2);
      expect(stderr).toContain('-C DIR');
    });
  });

  test('5: an old deployment is named that does not serve any more', async () => {
    const { code, request, stderr } = await rollback(deploymentAt(2));
    expect([code, request]).toEqual([5, undefined]);
    expect(stderr).toContain('nothing of it to take back');
  });

  test('takes back the deployment that is named where it is what serves', async () => {
    expect((await rollback(deploymentAt(3))).request).toMatchObject({
      artifact: { revision: earlier.digest },
    });
  });

  test('3: it does not get well, and what served before serves on', async () => {
    cli.runs.statuses = [aStatus({ phase: 'ended', outcome: 'rolled-back' })];
    expect((await cli.run('rollback')).code).toBe(3);
  });

  test('--wait 0 leaves with the id', async () => {
    const { code, stdout } = await rollback('--wait', '0');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nshop-production-[0-9A-Z]{26}\n$/);
  });

  test('gives stable its traffic back where an interrupted rollout left it with a part', async () => {
    const commanded = { [serving.digest]: 80, [old.digest]: 20 };
    cli.target = { router: { observe: async () => ({ commanded }) } as unknown as TrafficRouter };
    const { request } = await rollback();
    expect(request).toMatchObject({ artifact: { revision: serving.digest }, restores: null });
  });
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

describe('a rollback that a CI job repeats', () => {
  test('attaches to the first one, and does not undo it', async () => {
    cli.env['GITHUB_RUN_ID'] = '7';
    await rollback();
    const { code, request } = await rollback();
    expect(code).toBe(0);
    expect(cli.runs.started).toHaveLength(1);
    expect(cli.runs.signals).toEqual([]);
    expect(request?.requestKey).toBe('github:7');
  });
});

describe('rollback --list', () => {
  test('shows what served, since when, and what would differ, without Temporal', async () => {
    await hold(cli, earlier.digest);
    cli.away = new Error('nobody asks Temporal');
    const { code, stdout } = await cli.run('rollback', 'shop/production', '--list');
    expect(code).toBe(0);
    expect(stdout).toContain(`${shortDigest(serving.digest)}  1970-01-01 00:03 to now`);
    expect(stdout).toContain(
      `${shortDigest(earlier.digest)}  1970-01-01 00:02 to 1970-01-01 00:03`,
    );
    expect(stdout).toContain('on hold (alice: slow) · 1 file changed');
    expect(stdout).toContain(
      `belay rollback shop/production brings ${shortDigest(old.digest)} back`,
    );
  });

  test('as JSON names the default', async () => {
    const { stdout } = await cli.run('rollback', '--list', '--output', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      ...REF,
      default: earlier.digest,
      candidates: [
        { revision: serving.digest, serving: true, servedUntil: null, difference: null },
        { revision: earlier.digest, serving: false, store: 'kept', hold: null },
        { revision: old.digest, commit: 'commit-a' },
      ],
    });
  });
});

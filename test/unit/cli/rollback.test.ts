import { BelayError } from '../../../src/domain/errors';
import { shortDigest, type Revision } from '../../../src/domain/revision';
import type { TrafficRouter } from '../../../src/ports/traffic-router';
import type { CanaryConfig } from '../../../src/domain/rollout/strategy';
import { aRequest, aRun, aStatus, REF } from '../client/samples';
import { FakeCli } from './fake-cli';
import { deploymentAt, hold, serve, writeConfig } from './served-revisions';

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

function configure(...lines: readonly string[]): void {
  writeConfig(cli, lines);
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
      { lines: ['service: shop', 'instances: many'], said: 'has one problem: ' },
      { lines: ['<<<<<<< HEAD'], said: 'has ' },
    ])('a mistake in it never stands in the way back: $lines', async ({ lines, said }) => {
      configure(...lines);
      const { code, request, stderr } = await rollback('shop/production');
      expect([code, request?.instances]).toEqual([0, 7]);
      expect(stderr).toContain(`belay.yaml of this folder was left aside (belay.yaml ${said}`);
    });

    test('nor does one that no longer names the environment', async () => {
      writeConfig(cli, ['service: shop'], 'prod');
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

  test('5: one is named that only waits in line: it has not ended, and nothing is taken back', async () => {
    cli.runs.runs.push(aRun());
    const deploymentId = deploymentAt(9);
    const request = aRequest({ deploymentId });
    await cli.runs.joinLine({ request, kind: 'queue', joinedAtMs: 0, deadlineMs: 9 });
    const ran = await rollback(deploymentId, '--to', shortDigest(old.digest));
    expect([ran.code, ran.request]).toEqual([5, undefined]);
    expect(ran.stderr).toContain('it waits in line, place 1');
  });

  test('5: one is named that nobody knows: nothing is taken back', async () => {
    const { code, request, stderr } = await rollback(deploymentAt(77));
    expect([code, request]).toEqual([5, undefined]);
    expect(stderr).toContain('Temporal knows no deployment');
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

  test('--wait 0 leaves with the id, and with nothing else on stdout', async () => {
    const { code, stdout } = await rollback('--wait', '0');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^shop-production-[0-9A-Z]{26}\n$/);
  });

  describe('where bytes of the store have changed', () => {
    beforeEach(() => {
      const check = cli.artifacts.check.bind(cli.artifacts);
      cli.artifacts.check = async (artifact, signal) => {
        if (artifact !== earlier.artifact) return check(artifact, signal);
        throw new BelayError('ARTIFACT_CHANGED', 'server.js is not what was stored');
      };
    });

    test('takes the next one that is whole, and says so', async () => {
      const { code, request, stderr } = await rollback();
      expect(code).toBe(0);
      expect(request?.artifact).toMatchObject({ revision: old.digest });
      expect(stderr).toContain(`revision ${shortDigest(earlier.digest)} cannot come back`);
    });

    test('5: the one that is named is refused, with what is left', async () => {
      const { code, request, stderr } = await rollback('--to', shortDigest(earlier.digest));
      expect([code, request]).toEqual([5, undefined]);
      expect(stderr).toContain(`what is left is ${shortDigest(old.digest)}`);
    });
  });

  test('gives stable its traffic back where an interrupted rollout left it with a part', async () => {
    const commanded = { [serving.digest]: 80, [old.digest]: 20 };
    cli.target = { router: { observe: async () => ({ commanded }) } as unknown as TrafficRouter };
    const { request } = await rollback();
    expect(request).toMatchObject({ artifact: { revision: serving.digest }, restores: null });
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

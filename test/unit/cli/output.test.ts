import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BelayError } from '../../../src/domain/errors';
import type { Hold } from '../../../src/domain/service-record';
import { aRecord, aRun, aStatus, DEPLOYMENT, NEW, OLD, PLAN, REF } from '../client/samples';
import { served } from '../domain/history/samples';
import { FakeCli } from './fake-cli';
import { aPlan } from './plan-samples';

let cli: FakeCli;

beforeEach(() => {
  cli = new FakeCli();
  mkdirSync(join(cli.home, 'build'));
  writeFileSync(
    join(cli.home, 'belay.yaml'),
    'service: shop\nartifact: ./build\nrun: [node, server.js]\nlisten: 8080\nhealth: { path: /health }\n' +
      'deploymentPipeline: { deployment: { environments: [{ name: production }] } }\n',
  );
});
afterEach(() => {
  cli.remove();
});

describe('--output json', () => {
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['status', ['status']],
    ['a watched status', ['status', '--watch']],
    ['deploy', ['deploy', '--key', 'k']],
    ['deploy --detach', ['deploy', '--detach', '--key', 'k']],
    ['plan', ['plan']],
    ['a decision', ['pause']],
    ['a rollback', ['rollback', '--wait', '5']],
    ['hold list', ['hold', 'list']],
    ['an error', ['status', 'nobody/nowhere']],
    ['a usage error', ['stauts']],
    ['no command at all', []],
  ];

  test.each(commands)('%s: JSON alone on stdout, with its schema version', async (_name, argv) => {
    cli.runs.runs.push(aRun({ requestKey: 'k' }));
    cli.runs.statuses = [aStatus({ phase: 'ended', outcome: 'rolled-back' })];
    cli.runs.record = aRecord({ kind: 'rollback' });
    cli.runs.planAnswer = { kind: 'planned', planned: aPlan(), checks: ['no secrets'] };
    const { stdout } = await cli.run(...argv, '--output', 'json');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ schemaVersion: 1 });
  });

  test('an error has code, message and next', async () => {
    const { stdout } = await cli.run('status', 'shop/production', '--output', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'DEPLOYMENT_NOT_FOUND',
        message: expect.any(String) as string,
        next: expect.any(String) as string,
      },
    });
  });

  test('an error without a next step has null there', async () => {
    cli.away = new BelayError('INTERNAL', 'odd');
    const { stdout } = await cli.run('status', 'shop/production', '--output', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'INTERNAL', message: 'odd', next: null },
    });
  });

  test('a plan has its digest and its steps, with weights where it shifts', async () => {
    cli.runs.planAnswer = { kind: 'planned', planned: aPlan(), checks: ['no secrets'] };
    const { stdout, code } = await cli.run('plan', '--output', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      planDigest: PLAN,
      steps: [
        {
          id: '01-launch',
          kind: 'launch',
          summary: expect.any(String) as string,
          deadlineMs: 5_000,
          undo: { kind: 'retire-fleet', revision: NEW },
        },
        {
          id: '02-shift-100',
          kind: 'shift',
          weights: { [NEW]: 100 },
          undo: { kind: 'restore-weights', weights: { [OLD]: 100 } },
        },
        { id: '03-drain', kind: 'drain', undo: null },
      ],
    });
  });

  test('a decision tells what became of it', async () => {
    cli.runs.runs.push(aRun());
    cli.runs.record = aRecord({ kind: 'pause', sentence: 'it stays at 20 %' });
    const { stdout } = await cli.run(
      'pause',
      '--as',
      'alice',
      '--reason',
      'lunch',
      '--output',
      'json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      deployment: DEPLOYMENT,
      decision: { kind: 'pause', actor: 'alice', reason: 'lunch' },
      effect: 'applied',
      verification: 'not-verified',
      sentence: 'it stays at 20 %',
    });
  });
});

describe('text for people and logs', () => {
  test('piped, a deployment is told in lines without escape codes', async () => {
    cli.runs.statuses = [aStatus(), aStatus({ phase: 'warm', live: true })];
    const { stdout, stderr } = await cli.run('deploy');
    expect(stdout).toContain('started shop-production-');
    expect(stdout).toContain(`live revision=${NEW}`);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('on a terminal it is a frame that stays', async () => {
    cli.tty = true;
    cli.runs.statuses = [aStatus({ phase: 'warm', live: true })];
    const { stdout } = await cli.run('deploy');
    expect(stdout).toContain('\u001b[?2026h');
    expect(stdout).toContain('LIVE');
  });

  test('NO_COLOR takes the colours off a terminal', async () => {
    cli.tty = true;
    cli.env = { ...cli.env, NO_COLOR: '1' };
    cli.runs.runs.push(aRun());
    const { stdout } = await cli.run('status');
    expect(stdout).not.toContain('\u001b[');
  });

  test('a rollback tells what happened since, not the whole story', async () => {
    const early = { phase: 'scan', startedAtMs: 1, endedAtMs: 2, result: null } as const;
    cli.runs.runs.push(aRun());
    cli.runs.record = aRecord({ kind: 'rollback' });
    cli.runs.statuses = [
      aStatus({
        phase: 'ended',
        outcome: 'rolled-back',
        endedAtMs: Date.now() + 60_000,
        phases: [early],
      }),
    ];
    const { stdout } = await cli.run('rollback');
    expect(stdout).toContain('outcome=rolled-back');
    expect(stdout).not.toContain('phase=scan');
  });

  test('approve says which plan it approves, and sends just that one', async () => {
    cli.runs.runs.push(aRun());
    cli.runs.record = aRecord();
    cli.runs.statuses = [aStatus({ planDigest: PLAN })];
    const { stderr, stdout, code } = await cli.run('approve', '--as', 'alice');
    expect(code).toBe(0);
    expect(stderr).toContain(PLAN);
    expect(stdout).toContain('identity not verified');
    expect(cli.runs.signals[0]).toMatchObject({
      kind: 'approve',
      planDigest: PLAN,
      actor: 'alice',
    });
  });

  test('approve without a plan in sight sends nothing', async () => {
    cli.runs.runs.push(aRun());
    cli.runs.statuses = [aStatus({ planDigest: null, phase: 'scan' })];
    const { code } = await cli.run('approve');
    expect(code).toBe(5);
    expect(cli.runs.signals).toEqual([]);
  });

  test('an error has three parts: what, what it means for traffic, what next', async () => {
    const { stderr } = await cli.run('status', 'shop/production');
    expect(stderr).toMatch(
      /error: .*no deployment.*traffic stays as it is[^]*next: [^]*docs\/errors.md#DEPLOYMENT_NOT_FOUND/,
    );
  });

  test('a blocked plan names every reason', async () => {
    cli.runs.planAnswer = {
      kind: 'blocked',
      reasons: ['a secret in config.js:3', 'the gate build fails'],
    };
    const { code, stderr } = await cli.run('plan');
    expect(code).toBe(5);
    expect(stderr).toContain('a secret in config.js:3; the gate build fails');
  });
});

describe('the deployment that a command means', () => {
  test('several environments and one running deployment: that one', async () => {
    severalEnvironments();
    cli.runs.runs.push(aRun({ workflowId: 'deploy/shop/staging', state: 'completed' }), aRun());
    cli.runs.record = aRecord({ kind: 'pause' });
    expect((await cli.run('pause')).code).toBe(0);
  });

  test('several running deployments: it has to be named', async () => {
    severalEnvironments();
    cli.runs.runs.push(aRun({ workflowId: 'deploy/shop/staging' }), aRun());
    const { code, stderr } = await cli.run('rollback');
    expect(code).toBe(2);
    expect(stderr).toContain('shop/staging');
    expect(cli.runs.signals).toEqual([]);
  });

  test('none running: the newest that has ended is shown, and a decision on it is refused', async () => {
    severalEnvironments();
    const ended = { state: 'completed' } as const;
    cli.runs.runs.push(
      aRun({ ...ended, workflowId: 'deploy/shop/staging' }),
      aRun({ ...ended, startedAtMs: Date.now() }),
    );
    expect((await cli.run('status')).code).toBe(0);
    expect((await cli.run('rollback')).code).toBe(5);
    expect(cli.runs.signals).toEqual([]);
  });

  function severalEnvironments(): void {
    writeFileSync(
      join(cli.home, 'belay.yaml'),
      'service: shop\ndeploymentPipeline: { deployment: { environments: [{ name: staging, listen: 8081 }, { name: production, listen: 8080 }] } }\n',
    );
  }
});

describe('status without the workflow', () => {
  test('Temporal knows it no more: the ledger does', async () => {
    await cli.ledger.open({
      recordVersion: 1,
      deploymentId: DEPLOYMENT,
      workflowId: 'deploy/shop/production',
      runId: 'run-0',
      ...REF,
      initiator: 'ci',
      reason: null,
      commit: null,
      openedAtMs: 0,
      restores: null,
    });
    const { closing } = served('b', 1, { outcome: 'rolled-back' });
    await cli.ledger.close(DEPLOYMENT, closing!);
    const { stdout, code } = await cli.run('status', DEPLOYMENT, '--output', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      source: 'ledger',
      outcome: 'rolled-back',
      revision: NEW,
    });
  });

  test("Temporal is away: the platform's view", async () => {
    cli.away = new BelayError('TEMPORAL_UNAVAILABLE', 'Temporal does not answer');
    await cli.records.setStable(REF, {
      revision: { digest: OLD } as never,
      deploymentId: 'earlier',
      sinceMs: 0,
      instances: 2,
    });
    cli.target = {
      router: {
        observe: async () => ({
          epoch: 3,
          claim: { epoch: 3, deploymentId: DEPLOYMENT, runId: 'run-1', released: false },
          commanded: { [OLD]: 80, [NEW]: 20 },
          observed: { [OLD]: 80, [NEW]: 20 },
        }),
      } as never,
    };
    const { stdout, code } = await cli.run('status', '--output', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      source: 'platform',
      sourceReason: 'Temporal does not answer',
      deployment: DEPLOYMENT,
      stable: OLD,
      revision: NEW,
      observed: { stable: 80, candidate: 20 },
    });
  });
});

describe('holds', () => {
  const hold: Hold = {
    revision: NEW,
    deploymentId: DEPLOYMENT,
    atMs: 0,
    by: 'alice',
    reason: 'slow',
  };

  test('are listed with who set them and why', async () => {
    await cli.records.hold(REF, hold);
    const { stdout } = await cli.run('hold', 'list');
    expect(stdout).toContain('shop/production  bbbbbbbbbbbb');
    expect(stdout).toContain('by alice: slow');
  });

  test('the only one is lifted without naming it', async () => {
    await cli.records.hold(REF, hold);
    expect((await cli.run('hold', 'lift', 'shop/production')).code).toBe(0);
    expect((await cli.records.read(REF)).holds).toEqual([]);
  });

  test('one of several is named by the beginning of its digest', async () => {
    await cli.records.hold(REF, hold);
    await cli.records.hold(REF, { ...hold, revision: OLD });
    expect((await cli.run('hold', 'lift', 'shop/production')).code).toBe(2);
    expect((await cli.run('hold', 'lift', 'shop/production', 'aaaa')).code).toBe(0);
    expect((await cli.records.read(REF)).holds.map(({ revision }) => revision)).toEqual([NEW]);
  });

  test('in the folder of the service the revision alone is enough', async () => {
    await cli.records.hold(REF, hold);
    expect((await cli.run('hold', 'lift', 'bbbbbbbbbbbb')).code).toBe(0);
    expect((await cli.records.read(REF)).holds).toEqual([]);
  });

  test('lifting where there is none is refused', async () => {
    const { code, stderr } = await cli.run('hold', 'lift');
    expect(code).toBe(2);
    expect(stderr).toContain('traffic stays as it is');
    expect(stderr).toContain('Nothing needs to be lifted here');
  });

  test('a refusal names the holds there are, what becomes of traffic, and the command that works', async () => {
    await cli.records.hold(REF, hold);
    const { code, stderr } = await cli.run('hold', 'lift', 'shop/production', 'ffff');
    expect(code).toBe(2);
    expect(stderr).toContain('bbbbbbbbbbbb in shop/production');
    expect(stderr).toContain('traffic stays as it is');
    expect(stderr).toContain('belay hold lift SERVICE/ENVIRONMENT REVISION');
  });

  test("a deployment's id names no holds, and the message says what does", async () => {
    const { code, stderr } = await cli.run('hold', 'list', DEPLOYMENT);
    expect(code).toBe(2);
    expect(stderr).toContain('traffic stays as it is');
    expect(stderr).toContain('belay hold list shop/production');
  });
});

describe('logs', () => {
  test("show the candidate's lines, without control characters", async () => {
    cli.runs.runs.push(aRun());
    const asked: unknown[] = [];
    cli.target = {
      fleet: {
        logs: async (request: unknown) => {
          asked.push(request);
          return [{ instance: 'i-1', line: 'listening\u001b[2J' }];
        },
      } as never,
    };
    const { stdout, code } = await cli.run('logs', '--lines', '5');
    expect(code).toBe(0);
    expect(stdout).toBe('i-1  listening[2J\n');
    expect(asked).toEqual([{ ref: REF, revision: NEW, lines: 5 }]);
  });

  test('without a line say every reason that there may be', async () => {
    cli.runs.runs.push(aRun());
    cli.target = { fleet: { logs: async () => [] } as never };
    const { stdout, stderr, code } = await cli.run('logs');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      'it wrote none, never started there, or ended long ago',
    );
  });
});

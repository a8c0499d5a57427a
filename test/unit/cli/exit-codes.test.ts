import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BelayError, ERROR_CODES, type ErrorCode } from '../../../src/domain/errors';
import type { Outcome } from '../../../src/domain/outcome';
import {
  EXIT_CODES,
  exitCodeOfError,
  exitCodeOfFollow,
  exitCodeOfUndo,
} from '../../../src/cli/exit-codes';
import { until } from '../../support/until';
import { aRecord, aRun, aStatus, aView, OLD, PLAN } from '../client/samples';
import { FakeCli } from './fake-cli';

const BELAY_YAML = `
service: shop
artifact: ./build
run: [node, server.js]
listen: 8080
health: { path: /health }
deploymentPipeline:
  deployment:
    environments:
      - name: production
`;

let cli: FakeCli;

beforeEach(() => {
  cli = new FakeCli();
  mkdirSync(join(cli.home, 'build'));
  writeFileSync(join(cli.home, 'belay.yaml'), BELAY_YAML);
});
afterEach(() => {
  cli.remove();
});

function running(): void {
  cli.runs.runs.push(aRun());
}

describe('exit codes of deploy', () => {
  test('0: it is live', async () => {
    cli.runs.statuses = [aStatus(), aStatus({ phase: 'warm', live: true })];
    expect((await cli.run('deploy')).code).toBe(0);
  });

  test('0: detached on purpose, with the id alone on stdout', async () => {
    const { code, stdout } = await cli.run('deploy', '--detach');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^shop-production-[0-9A-Z]{26}\n$/);
  });

  test.each<[Outcome, string | null, number]>([
    ['succeeded', OLD, 0],
    ['rolled-back', OLD, 3],
    ['rolled-back', null, 4],
    ['rollback-incomplete', OLD, 4],
    ['blocked', OLD, 5],
    ['rejected', OLD, 5],
    ['superseded', OLD, 7],
    ['cancelled', OLD, 7],
  ])('it ended %s, with %s serving before: %i', async (outcome, stable, expected) => {
    cli.runs.statuses = [aStatus({ phase: 'ended', outcome, stable })];
    expect((await cli.run('deploy')).code).toBe(expected);
  });

  test('1: it ended and nobody can read how', async () => {
    cli.runs.statuses = [aStatus({ phase: 'ended', outcome: null })];
    expect((await cli.run('deploy')).code).toBe(1);
  });

  test('5: another deployment rolls out', async () => {
    running();
    const { code, stderr } = await cli.run('deploy');
    expect(code).toBe(5);
    expect(stderr).toContain('belay status shop/production --watch');
    expect(cli.runs.started).toEqual([]);
  });

  test('5: no worker, with the command that starts one', async () => {
    cli.runs.pollerCounts['belay'] = 0;
    const { code, stderr } = await cli.run('deploy', '--wait', '0');
    expect(code).toBe(5);
    expect(stderr).toContain('belay up');
  });

  test('6: the wait is over while a person is waited for', async () => {
    cli.runs.statuses = [aStatus({ phase: 'authorize', waitingFor: 'approval' })];
    expect((await cli.run('deploy', '--wait', '0')).code).toBe(6);
  });

  test('124: the wait is over while it rolls out', async () => {
    expect((await cli.run('deploy', '--wait', '0')).code).toBe(124);
  });

  test('130: Ctrl-C leaves it running and says so', async () => {
    const deploying = cli.run('deploy');
    await until(() => cli.runs.started.length > 0);
    cli.interruption.abort();
    const { code, stderr } = await deploying;
    expect(code).toBe(130);
    expect(stderr).toContain('goes on');
    expect(stderr).toContain('belay abort shop/production');
    expect(cli.runs.signals).toEqual([]);
  });
});

describe('exit codes of the others', () => {
  test('0: status could read, whatever it read', async () => {
    running();
    cli.runs.statuses = [aStatus({ phase: 'ended', outcome: 'rollback-incomplete' })];
    expect((await cli.run('status')).code).toBe(0);
  });

  test('0: a decision that was taken up', async () => {
    running();
    cli.runs.record = aRecord({ kind: 'pause' });
    expect((await cli.run('pause', 'shop/production')).code).toBe(0);
  });

  test('124: a decision that is recorded and not taken up yet', async () => {
    running();
    const { code, stdout } = await cli.run('pause', 'shop/production');
    expect(code).toBe(124);
    expect(stdout).toContain('recorded; no worker has taken it up yet');
  });

  test('5: a decision that was refused', async () => {
    running();
    cli.runs.record = aRecord({ effect: 'refused', sentence: 'nothing is paused' });
    const { code, stderr } = await cli.run('resume', 'shop/production');
    expect(code).toBe(5);
    expect(stderr).toContain('nothing is paused');
  });

  test('8: a decision whose proof was refused', async () => {
    running();
    cli.runs.record = aRecord({
      effect: 'refused',
      verification: 'refused',
      sentence: 'not alice',
    });
    cli.runs.statuses = [aStatus({ planDigest: PLAN })];
    expect((await cli.run('approve', 'shop/production')).code).toBe(8);
  });

  test('0: a rollback that was asked for and is complete', async () => {
    running();
    cli.runs.record = aRecord({ kind: 'rollback' });
    cli.runs.statuses = [
      aStatus({ phase: 'rollback' }),
      aStatus({ phase: 'ended', outcome: 'rolled-back' }),
    ];
    expect((await cli.run('rollback', 'shop/production')).code).toBe(0);
  });

  test('4: a rollback that was asked for and is not complete', async () => {
    running();
    cli.runs.record = aRecord({ kind: 'rollback' });
    cli.runs.statuses = [aStatus({ phase: 'ended', outcome: 'rollback-incomplete' })];
    expect((await cli.run('rollback', 'shop/production')).code).toBe(4);
  });

  test('5: a rollback after the end where nothing else has served, with the line that deploys a folder', async () => {
    running();
    cli.runs.end('completed');
    const { code, stderr } = await cli.run('rollback', 'shop/production');
    expect(code).toBe(5);
    expect(stderr).toContain('belay deploy production --artifact');
    expect(cli.runs.signals).toEqual([]);
  });

  test('5: no such deployment', async () => {
    expect((await cli.run('status', 'shop/production')).code).toBe(5);
  });

  test('1: Temporal is away and so is the platform', async () => {
    cli.away = new BelayError('TEMPORAL_UNAVAILABLE', 'away');
    cli.target = {
      router: { observe: async () => Promise.reject(new Error('away too')) } as never,
    };
    expect((await cli.run('status', 'shop/production')).code).toBe(1);
  });

  test('1: an accident of ours, with its three parts', async () => {
    cli.away = new Error('unexpected');
    const { code, stderr } = await cli.run('status', 'shop/production');
    expect(code).toBe(1);
    expect(stderr).toContain('unexpected');
    expect(stderr).toContain('a running deployment goes on');
    expect(stderr).toContain('next: ');
  });

  test.each([
    ['an unknown command', ['deplyo'], 'Did you mean deploy?'],
    ['an unknown option', ['status', '--wtach'], 'Did you mean --watch?'],
    ['a wait that is no number', ['deploy', '--wait', 'soon'], 'number of seconds'],
    ['a name that is no deployment', ['status', 'shop'], 'SERVICE/ENVIRONMENT'],
    ['an unknown environment', ['deploy', 'productoin'], 'Did you mean `production`?'],
    ['a folder without belay.yaml', ['-C', '/', 'deploy'], 'belay.yaml'],
    ['too many arguments', ['up', 'and', 'away'], 'too many arguments'],
  ])('2: %s', async (_what, argv, says) => {
    const { code, stderr, stdout } = await cli.run(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(stdout).toBe('');
    expect(cli.runs.started).toEqual([]);
  });
});

describe('the tables', () => {
  test.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s has an exit code of the list', (code) => {
    expect(Object.keys(EXIT_CODES)).toContain(String(exitCodeOfError(new BelayError(code, 'x'))));
  });

  test('what is not ours is internal', () => {
    expect(exitCodeOfError(new TypeError('x'))).toBe(1);
    expect(exitCodeOfError('text')).toBe(1);
  });

  test('nothing read when the wait is over is no success', () => {
    expect(exitCodeOfFollow({ end: 'expired', view: null })).toBe(124);
    expect(exitCodeOfFollow({ end: 'reached', view: null })).toBe(1);
  });

  test('an undo that is still going on when the wait is over is no success', () => {
    expect(exitCodeOfUndo({ end: 'expired', view: aView({ phase: 'rollback' }) })).toBe(124);
  });

  test('an undo that found the deployment succeeded says what it found', () => {
    const view = aView({ phase: 'ended', outcome: 'succeeded' });
    expect(exitCodeOfUndo({ end: 'reached', view })).toBe(5);
  });
});

import { until } from '../../support/until';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aRequest, aRun, aStatus } from '../client/samples';
import { FakeCli } from './fake-cli';

const WAITING = 'shop-production-01KAR1X0000000000000000009';
let cli: FakeCli;

beforeEach(() => {
  cli = new FakeCli();
  configure();
  cli.runs.runs.push(aRun());
});
afterEach(() => {
  cli.remove();
});

function configure(conflict = ''): void {
  const lines = [
    'service: shop',
    'artifact: ./build',
    'run: [node, server.js]',
    'listen: 8080',
    'health: { path: /health }',
    conflict,
    'deploymentPipeline: { deployment: { environments: [{ name: production }] } }',
  ];
  writeFileSync(join(cli.home, 'belay.yaml'), `${lines.join('\n')}\n`);
}

/** Another one stands in line. */
async function wait(): Promise<void> {
  const nowMs = Date.now();
  await cli.runs.joinLine({
    request: aRequest({ deploymentId: WAITING, initiator: 'ann', reason: 'hotfix' }),
    kind: 'queue',
    joinedAtMs: nowMs,
    deadlineMs: nowMs + 3_570_000,
  });
}

/** Until a deployment stands in line, and whoever asked for it has been told so. */
function waitsInLine(): Promise<void> {
  return until(() => cli.written.includes('waiting in line'));
}

describe('belay deploy where another one runs', () => {
  test('without a policy it is refused, and the way to wait is named', async () => {
    const { code, stderr } = await cli.run('deploy', 'production');
    expect(code).toBe(5);
    expect(stderr).toContain('--conflict queue');
  });

  test('the policy of belay.yaml holds', async () => {
    configure('conflict: queue');
    const { code, stderr } = await cli.run('deploy', 'production', '--detach');
    expect(code).toBe(0);
    expect(cli.runs.line.joined).toMatchObject([{ kind: 'queue' }]);
    expect(stderr).toContain('it waits in line: belay line shop/production');
  });

  test('detached, only the id is on stdout', async () => {
    const { stdout } = await cli.run('deploy', '--detach', '--conflict', 'queue');
    expect(stdout).toMatch(/^shop-production-[0-9A-Z]{26}\n$/);
  });

  test('the command line has the last word', async () => {
    configure('conflict: queue');
    await cli.run('deploy', 'production', '--detach', '--conflict', 'supersede');
    expect(cli.runs.line.joined).toMatchObject([{ kind: 'supersede' }]);
  });

  test('--line-wait says how long', async () => {
    await cli.run('deploy', '--detach', '--conflict', 'queue', '--line-wait', '90');
    const [entry] = cli.runs.line.joined;
    expect((entry?.deadlineMs ?? 0) - (entry?.joinedAtMs ?? 0)).toBe(90_000);
  });

  test('detached with JSON: the id, no run yet, and until when it waits', async () => {
    const argv = ['deploy', '--detach', '--conflict', 'queue', '--output', 'json'];
    const { stdout } = await cli.run(...argv);
    expect(JSON.parse(stdout)).toMatchObject({
      deployment: expect.stringContaining('shop-production-') as string,
      attached: false,
      workflowId: 'deploy/shop/production',
      runId: null,
      waitsUntil: expect.stringMatching(/Z$/) as string,
    });
  });

  test('it says how many go first, waits, and follows its own deployment', async () => {
    cli.runs.statuses = [aStatus({ phase: 'warm', live: true })];
    const deploying = cli.run('deploy', '--conflict', 'queue');
    await waitsInLine();
    cli.runs.end('completed');
    const { code, stdout } = await deploying;
    expect(stdout).toMatch(/waiting in line: 1 ahead \(shop-production-\w+, rollout\)/);
    expect(stdout).toMatch(/started shop-production-\w+ \(shop\/production\)/);
    expect(code).toBe(0);
  });

  test('--wait ends the looking, not the waiting', async () => {
    const { code, stderr } = await cli.run('deploy', '--conflict', 'queue', '--wait', '1');
    expect(code).toBe(124);
    expect(stderr).toContain('waits in line without this terminal');
    expect(stderr).toContain('belay line leave shop-production-');
  });

  test('Ctrl-C ends the looking, not the waiting', async () => {
    const deploying = cli.run('deploy', '--conflict', 'queue');
    await waitsInLine();
    cli.interruption.abort();
    const { code, stderr } = await deploying;
    expect(code).toBe(130);
    expect(stderr).toContain('is started in its turn');
  });

  test('superseded while it waits: exit 7', async () => {
    const deploying = cli.run('deploy', '--conflict', 'queue');
    await waitsInLine();
    await cli.run('deploy', '--conflict', 'supersede', '--detach');
    const { code, stderr } = await deploying;
    expect(code).toBe(7);
    expect(stderr).toContain('has taken its place');
  });

  test('reject, where the running one finishes and another one waits for it: exit 5', async () => {
    await wait();
    const argv = ['deploy', '--conflict', 'reject', '--wait', '60'];
    cli.runs.runs[0] = aRun({ attributes: { ...aRun().attributes, phase: 'finish' } });
    const { code, stderr } = await cli.run(...argv);
    expect(code).toBe(5);
    expect(stderr).toContain(`${WAITING} waits in line already`);
  });
});

describe('belay line', () => {
  test('shows who waits, in order, and in JSON', async () => {
    await wait();
    const text = await cli.run('line', 'shop/production');
    expect(text.stdout).toContain('shop/production: 1 waiting');
    expect(text.stdout).toMatch(new RegExp(`1\\. ${WAITING} \\(queue\\) by ann: hotfix, 59:`));
    const json = await cli.run('line', '--output', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      lines: [{ service: 'shop', waiting: [{ deployment: WAITING, place: 1, kind: 'queue' }] }],
    });
  });

  test('nobody waits', async () => {
    expect((await cli.run('line')).stdout).toContain('shop/production: nobody waits');
  });

  test('a deployment has no line of its own', async () => {
    expect((await cli.run('line', WAITING)).code).toBe(2);
  });

  test('leave takes one out and says so', async () => {
    await wait();
    const { code, stdout } = await cli.run('line', 'leave', WAITING, '--as', 'bob');
    expect(code).toBe(0);
    expect(stdout).toContain('bob took it out of the line.');
    expect((await cli.run('line')).stdout).toContain('nobody waits');
  });

  test('leave without a worker is recorded: exit 124', async () => {
    await wait();
    cli.runs.line.hasWorker = false;
    const { code, stdout } = await cli.run('line', 'leave', WAITING);
    expect(code).toBe(124);
    expect(stdout).toContain('recorded; no worker has taken it up yet');
    cli.runs.line.hasWorker = true;
    expect((await cli.run('line')).stdout).toContain('nobody waits');
  });

  test('what only waits cannot be aborted: it leaves instead', async () => {
    await wait();
    const { code, stderr } = await cli.run('abort', WAITING);
    expect(code).toBe(5);
    expect(stderr).toContain(`belay line leave ${WAITING}`);
  });

  test('leave of one that waits nowhere: exit 5', async () => {
    expect((await cli.run('line', 'leave', WAITING)).code).toBe(5);
  });
});

describe('belay status', () => {
  test('shows who waits, in text and in JSON', async () => {
    await wait();
    const text = await cli.run('status', 'shop/production');
    expect(text.stdout).toMatch(new RegExp(`in line +1\\. ${WAITING} \\(queue\\) by ann`));
    const json = await cli.run('status', 'shop/production', '--output', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      line: [{ deployment: WAITING, place: 1, kind: 'queue', initiator: 'ann' }],
    });
  });

  test('of one that waits: its place, and how to leave', async () => {
    await wait();
    const { code, stdout } = await cli.run('status', WAITING);
    expect(code).toBe(0);
    expect(stdout).toContain('WAITING FOR ITS TURN');
    expect(stdout).toContain('place 1 of 1');
    expect(stdout).toContain(`belay line leave ${WAITING}`);
  });
});

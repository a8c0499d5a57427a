import { pause, until } from '../../support/until';
import { aRun } from '../client/samples';
import { FakeCli } from './fake-cli';
import { FakeKeys } from './fake-terminal-keys';
import { midBake, rolledBack, warmWithOpenAlert } from './live-samples';

const NAME = 'shop/production';
let cli: FakeCli;

beforeEach(() => {
  cli = new FakeCli();
  cli.runs.runs.push(aRun());
  cli.runs.statuses = [midBake().status, rolledBack().status];
});
afterEach(() => {
  cli.remove();
});

describe('belay status --watch', () => {
  test('ends by itself with the deployment, and the last frame stays', async () => {
    cli.tty = true;
    const { code, stdout } = await cli.run('status', NAME, '--watch');
    expect(code).toBe(0);
    const last = stdout.slice(stdout.lastIndexOf('\u001b[?2026h'));
    expect(last).toContain('● ROLLED BACK');
    expect(last).toContain('exposed   bbbbbbbbbbbb answered 1 483 (19.5 % of all), 34 failed');
    expect(stdout.endsWith('\u001b[?25h')).toBe(true);
  });

  test('has the content of a status without watching', async () => {
    cli.runs.statuses = [rolledBack().status];
    const once = await cli.run('status', NAME);
    const watched = await cli.run('status', NAME, '--watch');
    expect(watched.stdout.trimEnd()).toBe(once.stdout.trimEnd());
  });

  test('in a pipe there is no escape code, and no key is heard', async () => {
    const keys = new FakeKeys();
    cli.keys = keys.source;
    const { code, stdout, stderr } = await cli.run('status', NAME, '--watch');
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(keys.modes).toEqual([]);
  });

  test('with NO_COLOR there is no colour, on a terminal that understands nothing no escape code', async () => {
    cli.tty = true;
    cli.env = { ...cli.env, NO_COLOR: '1' };
    expect((await cli.run('status', NAME, '--watch')).stdout).not.toMatch(/\u001b\[[0-9;]*m/);
    cli.runs.statuses = [midBake().status, rolledBack().status];
    cli.env = { ...cli.env, TERM: 'dumb' };
    expect((await cli.run('status', NAME, '--watch')).stdout).not.toContain('\u001b');
  });

  test('as JSON it writes one object a line, with values, limits, samples and consequence', async () => {
    const { stdout } = await cli.run('status', NAME, '--watch', '--output', 'json');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    const [first, last] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      undo: 'back to aaaaaaaaaaaa, one weight change, in seconds',
      session: { score: 89, at: '2026-11-23T10:02:58.000Z' },
      verdict: { evidence: [{ value: 0.06, threshold: 0.55, samples: 1_204 }, {}, {}, {}] },
    });
    expect(last).toMatchObject({ outcome: 'rolled-back' });
  });

  test('d leaves with 130, gives the terminal back and decides nothing', async () => {
    cli.tty = true;
    const keys = new FakeKeys();
    cli.keys = keys.source;
    cli.runs.statuses = [warmWithOpenAlert().status];
    const watching = cli.run('status', NAME, '--watch');
    await until(() => keys.isRaw);
    await pause(100);
    keys.type('d');
    const { code, stderr } = await watching;
    expect(code).toBe(130);
    expect(stderr).toContain('goes on without this terminal');
    expect(cli.runs.signals).toEqual([]);
    expect(keys.modes).toEqual([true, false]);
  });

  test('a crash gives the terminal back, too', async () => {
    cli.tty = true;
    const keys = new FakeKeys();
    cli.keys = keys.source;
    const describe = cli.runs.describe.bind(cli.runs);
    cli.runs.describe = async (ref) => {
      if (keys.isRaw) throw new Error('unheard of');
      return describe(ref);
    };
    cli.runs.statuses = [new Error('no worker')];
    const { code } = await cli.run('status', NAME, '--watch');
    expect(code).toBe(1);
    expect(keys.modes).toEqual([true, false]);
    expect(keys.listeners).toBe(0);
  });
});

describe('belay rollback, followed on a terminal', () => {
  test('exits by itself with what became of it', async () => {
    cli.tty = true;
    const { code, stdout } = await cli.run('rollback', NAME);
    expect(code).toBe(0);
    expect(stdout).toContain('● ROLLED BACK');
  });
});

import { deploymentClient } from '../../../src/client/deployment-client';
import type { CliContext } from '../../../src/cli/context';
import { openLiveScreen, type FollowScreen } from '../../../src/cli/live-screen';
import { statusFrame } from '../../../src/cli/output/status-frame';
import { openTerminal } from '../../../src/cli/output/terminal';
import type { DecisionRecord } from '../../../src/domain/approval/decision';
import { pause, until } from '../../support/until';
import { FakeRuns } from '../client/fake-runs';
import { aRecord, aRun, DEPLOYMENT, PLAN, REF } from '../client/samples';
import { FakeScreen } from './fake-screen';
import { FakeKeys } from './fake-terminal-keys';
import { at, NOW_MS } from './live-parts';
import { midBake, rolledBack, waitingForApproval } from './live-samples';

const PROMPT = '$ belay status --watch';

function open({ columns = 100, rows = 60, env = {} } = {}) {
  const screen = new FakeScreen(columns, rows);
  const keys = new FakeKeys();
  const runs = new FakeRuns();
  runs.runs.push(aRun());
  screen.write(`${PROMPT}\n`);
  const terminal = openTerminal({ format: 'text', stdout: screen, stderr: screen, env });
  const context = {
    terminal,
    keys: keys.source,
    env: { BELAY_ACTOR: 'carol' },
    client: async () => deploymentClient(runs),
  } as unknown as CliContext;
  let detached = 0;
  const run = { ...aRun(), deployment: DEPLOYMENT, ref: REF };
  const live = openLiveScreen({ run, onDetach: () => void (detached += 1) }, context);
  opened.push(live);
  return { screen, keys, runs, live, detached: () => detached };
}

const opened: FollowScreen[] = [];

/** Clocks show whole seconds: so most of one is left until they change. */
const START_MS = NOW_MS - 900;
/** Moved by hand, so that none changes because a machine is slow. */
let nowMs: number;

beforeEach(() => {
  nowMs = START_MS;
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  opened.splice(0).forEach((one) => one.end());
  jest.restoreAllMocks();
});

const text = (screen: FakeScreen): string => screen.all.join('\n');

describe('the live screen', () => {
  test('shows the same content as a status without watching, and its keys below', async () => {
    const { screen, live } = open();
    live.show(midBake());
    const style = { color: false, unicode: true, columns: 100 };
    const { values: _values, ...view } = midBake();
    const frame = statusFrame(view, style, START_MS);
    expect(screen.all.slice(1, 1 + frame.length)).toEqual(frame);
    expect(text(screen)).toContain('p pause  P promote  r roll back');
  });

  test('only changed lines go over the line', async () => {
    const { screen, live } = open();
    live.show(midBake());
    const whole = screen.written.at(-1)!.length;
    nowMs += 150;
    const view = midBake();
    live.show({ ...view, look: { ...view.look!, nextAtMs: at(189.5) } });
    const again = screen.written.at(-1)!;
    expect(again).toContain('next in 11 s');
    expect(again).not.toContain('Start 2 instances');
    expect(again.length).toBeLessThan(whole / 5);
  });

  test('countdowns go on although nothing new is read', async () => {
    const { screen, live } = open();
    live.show(midBake());
    expect(text(screen)).toContain('next in 4 s');
    nowMs += 1_000;
    await until(() => text(screen).includes('next in 3 s'));
  });

  test('at most ten frames a second', async () => {
    const { screen, live } = open();
    live.show(midBake());
    const before = screen.written.length;
    for (let columns = 99; columns > 69; columns -= 1) screen.resize(columns, 60);
    expect(screen.written.length).toBe(before);
    await until(() => screen.written.length > before);
    expect(screen.written.length).toBe(before + 1);
  });

  test.each([
    [60, 60],
    [140, 60],
    [100, 30],
    [60, 20],
  ])('survives a resize to %i columns and %i rows', async (columns, rows) => {
    const { screen, live } = open();
    live.show(midBake());
    nowMs += 150;
    screen.resize(columns, rows);
    await until(() => screen.written.at(-1)!.includes('\u001b[0J'));
    nowMs += 150;
    live.show(midBake());
    expect(screen.all.filter((line) => line.length > columns)).toEqual([]);
    // A frame that was higher than the terminal leaves its head in what has scrolled away.
    const heads = screen.visible.filter((line) => line.startsWith('shop → production'));
    expect(heads).toHaveLength(1);
    live.end();
    expect(screen.visible.join('\n')).toContain('if it fails now: back to aaaaaaaaaaaa');
  });

  test('in a low terminal, what is over takes one line and what is going on stays', () => {
    const { screen, live } = open({ rows: 40, columns: 100 });
    live.show(midBake());
    expect(text(screen)).toContain('4 steps done');
    expect(text(screen)).toContain('earliest end in 0:12');
    expect(text(screen)).toContain('r roll back');
  });

  test('what hid in a low terminal stands whole in the last frame, once', async () => {
    const { screen, live } = open({ rows: 24, columns: 80 });
    live.show(midBake());
    nowMs += 150;
    live.show(rolledBack());
    live.end();
    const lines = screen.all;
    expect(lines[0]).toBe(PROMPT);
    expect(lines.filter((line) => line.startsWith('shop → production'))).toHaveLength(1);
    expect(text(screen)).toContain('exposed   bbbbbbbbbbbb answered 1 483');
    expect(text(screen)).not.toContain('detach (it keeps running)');
    expect(screen.isCursorShown).toBe(true);
  });

  test('trouble is reconnecting and no failure, and the last that was read stays in sight', async () => {
    const { screen, live } = open();
    live.show(midBake());
    live.trouble('Temporal does not answer');
    await until(() => text(screen).includes('reconnecting: Temporal does not answer'));
    expect(text(screen)).toContain('● RUNNING');
    live.show(midBake());
    await until(() => !text(screen).includes('reconnecting'));
  });

  test('a worker that is away is reconnected to', async () => {
    const { screen, live } = open();
    const because = 'no worker answered within 2 s';
    live.show({ ...midBake(), source: 'temporal', because });
    expect(text(screen)).toContain('reconnecting to a worker');
    expect(text(screen)).toContain('● RUNNING');
  });

  test('without colours there is none', () => {
    const { screen, live } = open({ env: { NO_COLOR: '1' } });
    live.show(midBake());
    live.end();
    expect(screen.written.join('')).not.toMatch(/\u001b\[[0-9;]*m/);
  });
});

describe('a key on the live screen', () => {
  const counted: DecisionRecord = aRecord({ effect: 'counted', sentence: 'approve: 1 of 1' });

  test('approves the plan that is shown, and says what became of it', async () => {
    const { screen, keys, runs, live } = open();
    runs.record = counted;
    live.show(waitingForApproval());
    keys.type('a');
    await until(() => text(screen).includes('answer    approve of'));
    expect(runs.signals).toMatchObject([{ kind: 'approve', actor: 'carol', planDigest: PLAN }]);
    expect(text(screen).replace(/\s+/g, ' ')).toContain('by carol (identity not verified): 1 of 1');
  });

  test('rolls back only after y', async () => {
    const { screen, keys, runs, live } = open();
    live.show(midBake());
    keys.type('r');
    expect(text(screen)).toContain('Roll back shop/production (back to aaaaaaaaaaaa');
    keys.type('\r');
    await until(() => text(screen).includes('not rolled back: nothing was sent'));
    expect(runs.signals).toEqual([]);
    keys.type('r');
    keys.type('y');
    await until(() => runs.signals.length > 0);
    expect(runs.signals).toMatchObject([{ kind: 'rollback' }]);
  });

  test('a refusal is said in the frame', async () => {
    const { screen, keys, runs, live } = open();
    runs.record = aRecord({ kind: 'promote', effect: 'refused', sentence: 'it is paused' });
    live.show(midBake());
    keys.type('P');
    await until(() => text(screen).includes('refused'));
    expect(text(screen)).toContain('refused "promote": it is paused');
  });

  test('an accident is said in the frame, and the next key works', async () => {
    const { screen, keys, runs, live } = open();
    runs.signalDecision = async () => {
      throw new Error('the line is cut');
    };
    live.show(midBake());
    keys.type('p');
    await until(() => text(screen).includes('answer    the line is cut'));
    keys.type('p');
    await until(() => runs.signals.length > 0 || text(screen).split('the line is cut').length > 2);
    expect(text(screen).split('the line is cut')).toHaveLength(3);
  });

  test('pressed twice it is sent once, and a rollback waits for nobody', async () => {
    const { keys, runs, live } = open();
    runs.awaitDecision = () => pause(1_000).then(() => null);
    live.show(midBake());
    keys.type('p');
    keys.type('p');
    keys.type('r');
    keys.type('y');
    await until(() => runs.signals.length === 2);
    expect(runs.signals.map(({ kind }) => kind)).toEqual(['pause', 'rollback']);
  });

  test('d only stops looking', () => {
    const { keys, runs, live, detached } = open();
    live.show(midBake());
    keys.type('d');
    expect(detached()).toBe(1);
    expect(runs.signals).toEqual([]);
  });

  test('after the end the terminal is as it was', () => {
    const { keys, live } = open();
    live.show(midBake());
    live.end();
    expect(keys.isRaw).toBe(false);
    expect(keys.listeners).toBe(0);
  });

  test('after a stop and a return the whole frame is drawn anew', () => {
    const { screen, keys, live } = open();
    live.show(midBake());
    keys.type('\u001a');
    screen.write('[1]+  Stopped\n$ fg\n');
    keys.happens('continued');
    const heads = screen.all.filter((line) => line.startsWith('shop → production'));
    expect(heads).toHaveLength(2);
    expect(screen.all).toContain('$ fg');
  });
});

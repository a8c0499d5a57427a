import { keyLines } from '../../../src/cli/keys/key-lines';
import { NO_KEYS_YET, pressKey, type Wish } from '../../../src/cli/keys/press-key';
import type { DeploymentStatus } from '../../../src/domain/status';
import { midBake, paused, rolledBack, waitingForApproval, warmWithOpenAlert } from './live-samples';

const running = midBake().status;
const STYLE = { color: false, unicode: true, columns: 100 };

function wishOf(key: string, status: DeploymentStatus | null): Wish | null {
  return pressKey(NO_KEYS_YET, key, status).wish;
}

const decide = (decision: string): object => ({ kind: 'decide', decision });

describe('a key', () => {
  test.each([
    ['a', waitingForApproval().status, decide('approve')],
    ['p', running, decide('pause')],
    ['p', paused().status, decide('resume')],
    ['P', running, decide('promote')],
    ['d', running, { kind: 'detach' }],
    ['d', null, { kind: 'detach' }],
    ['x', running, null],
    ['A', waitingForApproval().status, null],
    ['R', running, null],
  ])('%s asks for the decision of its command (%#)', (key, status, expected) => {
    expect(wishOf(key, status)).toEqual(expected);
  });

  test.each(['a', 'p', 'P', 'r'])('%s sends nothing where nothing is left to decide', (key) => {
    for (const status of [null, rolledBack().status]) {
      const pressed = pressKey(NO_KEYS_YET, key, status);
      expect(pressed).toMatchObject({ wish: null, state: { isAsking: false } });
      expect(pressed.says).toMatch(/^nothing was sent/);
    }
  });

  test('r asks first, and only y means yes', () => {
    const asked = pressKey(NO_KEYS_YET, 'r', running);
    expect(asked).toMatchObject({ wish: null, state: { isAsking: true } });
    for (const yes of ['y', 'Y']) {
      expect(pressKey(asked.state, yes, running)).toMatchObject({
        wish: decide('rollback'),
        state: { isAsking: false },
      });
    }
    for (const no of ['n', '\r', '\u001b', 'r', ' ', 'd', 'p', '?']) {
      const answered = pressKey(asked.state, no, running);
      expect(answered).toMatchObject({ wish: null, state: { isAsking: false } });
      expect(answered.says).toContain('nothing was sent');
    }
  });

  test('? shows and hides the help', () => {
    const shown = pressKey(NO_KEYS_YET, '?', running).state;
    expect(keyLines(shown, running, STYLE).join('\n')).toContain('stops looking');
    const hidden = pressKey(shown, '?', running).state;
    expect(keyLines(hidden, running, STYLE).join('\n')).not.toContain('stops looking');
  });
});

describe('the line of keys', () => {
  const hints = (status: DeploymentStatus | null, columns = 100): string =>
    keyLines(NO_KEYS_YET, status, { ...STYLE, columns }).join('\n');

  test('names what means something now', () => {
    expect(hints(running)).toBe(
      ' p pause  P promote  r roll back  d detach (it keeps running)  ? help',
    );
    expect(hints(paused().status)).toBe(
      ' p resume  r roll back  d detach (it keeps running)  ? help',
    );
    expect(hints(waitingForApproval().status)).toMatch(/^ a approve {2}r roll back/);
    expect(hints(warmWithOpenAlert().status)).toMatch(/^ r roll back {2}d detach/);
    expect(hints(rolledBack().status)).toBe(' d detach (it keeps running)  ? help');
    expect(hints(null)).toBe(' d detach (it keeps running)  ? help');
  });

  test('fits into 60 columns', () => {
    for (const line of hints(running, 60).split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('the question says what a rollback does', () => {
    const lines = keyLines({ isAsking: true, isHelping: false }, running, STYLE);
    expect(lines).toEqual([
      ' Roll back shop/production (back to aaaaaaaaaaaa, one weight change, in seconds)? [y/N]',
    ]);
  });
});

import { openKeyboard } from '../../../src/cli/keys/keyboard';
import { isForegroundOf } from '../../../src/cli/keys/terminal-keys';
import { FakeKeys } from './fake-terminal-keys';

function open(keys = new FakeKeys()) {
  const pressed: string[] = [];
  let continued = 0;
  const keyboard = openKeyboard(keys.source, {
    onKey: (key) => void pressed.push(key),
    onContinued: () => void (continued += 1),
  });
  return { keys, keyboard, pressed, continued: () => continued };
}

describe('the keyboard', () => {
  test('gives single keys, and the terminal back as it was', () => {
    const { keys, keyboard, pressed } = open();
    expect(keys.isRaw).toBe(true);
    keys.type('a');
    keys.type('P');
    keyboard?.close();
    keys.type('r');
    expect(pressed).toEqual(['a', 'P']);
    expect(keys.modes).toEqual([true, false]);
    expect(keys.listeners).toBe(0);
  });

  test.each([['ry'], ['\u001b[A'], ['\u001bOP'], ['roll back\r'], ['']])(
    'what is pasted or sent by a function key is no key: %j',
    (chunk) => {
      const { keys, pressed } = open();
      keys.type(chunk);
      expect(pressed).toEqual([]);
    },
  );

  test.each(['\u0003', 'abc\u0003'])('Ctrl-C is what the terminal would have sent: %j', (chunk) => {
    const { keys, pressed } = open();
    keys.type(chunk);
    expect(keys.raised).toEqual(['SIGINT']);
    expect(pressed).toEqual([]);
  });

  test('Ctrl-Z gives the terminal back before the stop, and takes it again after', () => {
    const { keys, continued } = open();
    keys.type('\u001a');
    expect(keys.raised).toEqual(['SIGTSTP']);
    expect(keys.isRaw).toBe(false);
    keys.happens('continued');
    expect(keys.isRaw).toBe(true);
    expect(continued()).toBe(1);
  });

  test('what goes on in the background leaves the keys to whoever is in front', () => {
    const { keys } = open();
    keys.type('\u001a');
    keys.isForeground = false;
    keys.happens('continued');
    expect(keys.isRaw).toBe(false);
  });

  test('a process that ends, however it does, gives the terminal back', () => {
    const { keys } = open();
    keys.happens('exit');
    expect(keys.modes).toEqual([true, false]);
  });

  test('a terminal that is closed meanwhile throws nothing', () => {
    const { keys, keyboard } = open();
    keys.isGone = true;
    expect(() => keyboard?.close()).not.toThrow();
    expect(keys.listeners).toBe(0);
  });

  test('there is none in the background', () => {
    const keys = new FakeKeys();
    keys.isForeground = false;
    expect(open(keys).keyboard).toBeNull();
    expect(keys.modes).toEqual([]);
  });

  test('there is none where stdin is no terminal', () => {
    const keys = new FakeKeys();
    const source = { ...keys.source, stdin: keys.stream({ isTTY: false }) };
    expect(openKeyboard(source, { onKey: fail, onContinued: fail })).toBeNull();
    expect(keys.modes).toEqual([]);
  });
});

function fail(): never {
  throw new Error('no key was to come');
}

describe('who is in front of the terminal', () => {
  test.each([
    ['12 (node) S 1 12 12 34816 12 4194304', true],
    ['12 (node) S 1 12 12 34816 99 4194304', false],
    ['12 (a) b (c) S 1 12 12 34816 99 4194304', false],
    ['12 (node) S 1 12 12 34816 12', true],
  ])('%s: %p', (stat, expected) => {
    expect(isForegroundOf(stat)).toBe(expected);
  });
});

import { fitted, openLiveFrame, redraw } from '../../../src/cli/output/live-frame';

/** A terminal that understands just what the frame sends. */
function screenAfter(...frames: readonly string[][]): string[] {
  const screen: string[] = [];
  let row = 0;
  let old: readonly string[] = [];
  for (const frame of frames) {
    const text = redraw(old, frame);
    old = frame;

    for (const [part] of text.matchAll(/\u001b\[[0-9?]*[A-Za-z]|\r|\n|[^\u001b\r\n]+/g)) {
      if (part === '\n') row += 1;
      else if (part.endsWith('A') && part.startsWith('\u001b')) row -= Number(part.slice(2, -1));
      else if (part === '\u001b[2K') screen[row] = '';
      else if (part === '\u001b[0J') screen.length = row;
      else if (part !== '\r') screen[row] = part;
    }
  }
  return screen;
}

describe('the live frame', () => {
  test('changed lines are rewritten in place', () => {
    expect(screenAfter(['a', 'b', 'c'], ['a', 'B', 'c'])).toEqual(['a', 'B', 'c']);
  });

  test('a frame may grow and shrink', () => {
    expect(screenAfter(['a'], ['a', 'b', 'c'], ['x', 'b'])).toEqual(['x', 'b']);
  });

  test('only what changed goes over a slow line', () => {
    expect(redraw(['a', 'long line', 'c'], ['a', 'long line', 'C'])).not.toContain('long line');
    expect(redraw(['a'], ['a'])).toBe('');
  });

  test('a frame higher than the terminal shows its end', () => {
    const written: string[] = [];
    const frame = openLiveFrame({
      write: (text) => void written.push(text),
      rows: () => 3,
      columns: () => 80,
    });
    frame.draw(['1', '2', '3', '4']);
    expect(written.join('')).not.toContain('1\n');
    expect(written.join('')).toContain('4\n');
  });

  test('in a low terminal the heading stays, and how much is hidden is said', () => {
    const lines = ['heading', '1', '2', '3', '4', '5', '6'];
    expect(fitted(lines, 5)).toEqual(['heading', '   (3 lines above)', '4', '5', '6']);
    expect(fitted(lines, 7)).toEqual(lines);
    expect(fitted(lines, 2)).toEqual(['5', '6']);
  });

  test('the cursor comes back at the end', () => {
    const written: string[] = [];
    const frame = openLiveFrame({
      write: (text) => void written.push(text),
      rows: () => 24,
      columns: () => 80,
    });
    frame.draw(['a']);
    frame.end();
    expect(written.at(-1)).toBe('\u001b[?25h');
  });
});

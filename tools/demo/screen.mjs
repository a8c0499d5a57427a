const plainEveryMs = 5_000;
const drawEveryMs = 250;
const clearBelow = '\u001b[J';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

/**
 * Where the demo shows itself: lasting lines, and below them a frame that is drawn anew on a terminal. Elsewhere the
 * frame's `line` is written when its `key` has changed, and every five seconds.
 *
 * @param {{stream: NodeJS.WriteStream, frame: () => Frame | null, now?: () => number}} options
 * @typedef {{lines: readonly string[], line: string, key: string}} Frame
 */
export function openScreen({ stream, frame, now = () => performance.now() }) {
  const started = now();
  const stamp = () => `[${((now() - started) / 1000).toFixed(1).padStart(6)} s]`;
  const view = stream.isTTY ? redrawn(stream) : repeated(stream, { now, stamp });
  const draw = () => {
    const current = frame();
    if (current !== null) view.draw(current);
  };
  const timer = setInterval(draw, drawEveryMs);
  if (stream.isTTY) stream.write(hideCursor);
  return {
    /** A line with the time since the start. */
    say: (text) => view.print(text.split('\n').map((line) => `${stamp()} ${line}`)),
    /** Lines as they are. */
    print: (lines) => view.print(lines),
    draw,
    /** Nothing is drawn afterwards; lines may still be printed. */
    end() {
      clearInterval(timer);
      view.clear();
      if (stream.isTTY) stream.write(showCursor);
    },
  };
}

function redrawn(stream) {
  let height = 0;
  let shown = '';
  const clear = () => {
    if (height > 0) stream.write(`\u001b[${height}A\r${clearBelow}`);
    height = 0;
    shown = '';
  };
  return {
    clear,
    print(lines) {
      clear();
      stream.write(lines.map((line) => `${line}\n`).join(''));
    },
    draw({ lines }) {
      const room = (stream.columns ?? 100) - 1;
      const text = lines.map((line) => `${[...line].slice(0, room).join('')}\n`).join('');
      if (text === shown) return;
      clear();
      stream.write(text);
      height = lines.length;
      shown = text;
    },
  };
}

function repeated(stream, { now, stamp }) {
  let lastKey = null;
  let lastAt = -Infinity;
  return {
    clear: () => undefined,
    print: (lines) => stream.write(lines.map((line) => `${line}\n`).join('')),
    draw({ key, line }) {
      if (key === lastKey && now() - lastAt < plainEveryMs) return;
      lastKey = key;
      lastAt = now();
      stream.write(`${stamp()} ${line}\n`);
    },
  };
}

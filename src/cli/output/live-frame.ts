import { widthOf } from './style';
import type { Terminal } from './terminal';

/** Rewrites its own lines in place; the last frame stays in the scroll-back. */
export interface LiveFrame {
  readonly draw: (lines: readonly string[]) => void;
  /** The next frame is written as a whole, below whatever stands there now. */
  readonly forget: () => void;
  /** Gives the cursor back; leaves these lines, however many, else the last frame. */
  readonly end: (last?: readonly string[]) => void;
}

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const BEGIN_UPDATE = '\u001b[?2026h';
const END_UPDATE = '\u001b[?2026l';
const ERASE_LINE = '\u001b[2K';
const ERASE_BELOW = '\u001b[0J';

export function openLiveFrame(terminal: Pick<Terminal, 'write' | 'rows' | 'columns'>): LiveFrame {
  let drawn: readonly string[] = [];
  let drawnColumns = terminal.columns();
  const put = (shown: readonly string[]): void => {
    const size = { columns: terminal.columns(), rows: terminal.rows() };
    const isInPlace = size.columns === drawnColumns && drawn.length < Math.max(size.rows, 2);
    const text = isInPlace ? redraw(drawn, shown) : replace(drawn, shown, size);
    if (text !== '') terminal.write(`${BEGIN_UPDATE}${HIDE_CURSOR}${text}${END_UPDATE}`);
    drawn = shown;
    drawnColumns = size.columns;
  };
  return {
    draw: (lines) => put(fitted(lines, Math.max(terminal.rows() - 1, 1))),
    forget: () => {
      drawn = [];
    },
    end: (last) => {
      if (last !== undefined) put(last);
      terminal.write(SHOW_CURSOR);
    },
  };
}

const HEAD_LINES = 1;
const LEAST_ROWS = 5;

/** What is going on stands below, what it is about at the very top: in a low terminal the middle gives way. */
export function fitted(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length <= rows) return lines;
  if (rows < LEAST_ROWS) return lines.slice(-rows);
  const tail = rows - HEAD_LINES - 1;
  const hidden = lines.length - HEAD_LINES - tail;
  return [...lines.slice(0, HEAD_LINES), `   (${hidden} lines above)`, ...lines.slice(-tail)];
}

/** From the line below the old frame to the line below the new one; unchanged lines are only passed. */
export function redraw(old: readonly string[], now: readonly string[]): string {
  if (old.length === now.length && old.every((line, index) => line === now[index])) return '';
  const up = old.length === 0 ? '' : `\u001b[${old.length}A\r`;
  const body = now
    .map((line, index) => (old[index] === line ? '\n' : `${ERASE_LINE}${line}\n`))
    .join('');
  return `${up}${body}${ERASE_BELOW}`;
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** After a resize: a terminal that became narrower has broken the old lines into more. */
function replace(old: readonly string[], now: readonly string[], { columns, rows }: Size): string {
  const taken = old.reduce(
    (sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / Math.max(columns, 1))),
    0,
  );
  const up = Math.min(taken, Math.max(rows - 1, 0));
  const back = up === 0 ? '' : `\u001b[${up}A\r`;
  return `${back}${ERASE_BELOW}${now.map((line) => `${line}\n`).join('')}`;
}

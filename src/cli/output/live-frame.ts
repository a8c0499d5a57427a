import type { Terminal } from './terminal';

/** Rewrites its own lines in place; the last frame stays in the scroll-back. */
export interface LiveFrame {
  readonly draw: (lines: readonly string[]) => void;
  /** Leaves the last frame and gives the cursor back. */
  readonly end: () => void;
}

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const BEGIN_UPDATE = '\u001b[?2026h';
const END_UPDATE = '\u001b[?2026l';
const ERASE_LINE = '\u001b[2K';
const ERASE_BELOW = '\u001b[0J';

export function openLiveFrame(terminal: Pick<Terminal, 'write' | 'rows'>): LiveFrame {
  let drawn: readonly string[] = [];
  return {
    draw: (lines) => {
      const shown = fitted(lines, Math.max(terminal.rows() - 1, 1));
      const text = redraw(drawn, shown);
      if (text !== '') terminal.write(`${BEGIN_UPDATE}${HIDE_CURSOR}${text}${END_UPDATE}`);
      drawn = shown;
    },
    end: () => terminal.write(SHOW_CURSOR),
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

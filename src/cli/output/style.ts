import type { Terminal } from './terminal';

/** How things are drawn; data, so that renderers stay pure. */
export interface Style {
  readonly color: boolean;
  readonly unicode: boolean;
  readonly columns: number;
}

export type Tone = 'good' | 'bad' | 'busy' | 'dim' | 'bold';

const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  busy: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export function styleOf(terminal: Terminal): Style {
  return { color: terminal.color, unicode: terminal.unicode, columns: terminal.columns() };
}

export function paint(text: string, tone: Tone, style: Style): string {
  if (!style.color) return text;
  const [open, close] = CODES[tone];
  return `\u001b[${open}m${text}\u001b[${close}m`;
}

export type Mark = 'done' | 'failed' | 'doing' | 'to do' | 'waiting';

export function mark(kind: Mark, style: Style): string {
  const glyphs = {
    done: ['✔', 'ok', 'good'],
    failed: ['✖', '!!', 'bad'],
    doing: ['▶', '>>', 'busy'],
    'to do': ['○', '--', 'dim'],
    waiting: ['◆', '??', 'bold'],
  } as const;
  const [unicode, ascii, tone] = glyphs[kind];
  return paint(style.unicode ? unicode : ascii, tone, style);
}

const UNPRINTABLE = new RegExp(
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]',
  'g',
);

/** Text from elsewhere (names, reasons, log lines), so that it cannot move the cursor or forge a line. */
export function plain(text: string): string {
  return text.replace(UNPRINTABLE, '').replace(/[\n\t]+/g, ' ');
}

/** Cuts a line to the width; escape codes count nothing and are closed again. */
export function fit(line: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const part of line.split(ESCAPES)) {
    if (part.startsWith('\u001b')) {
      kept += part;
      continue;
    }
    for (const letter of part) {
      if (width >= columns) break;
      width += 1;
      kept += letter;
    }
  }
  return kept;
}

const ESCAPES = new RegExp('(\\u001b\\[[0-9;]*m)');

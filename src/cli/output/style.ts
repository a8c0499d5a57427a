import type { Terminal } from './terminal';

/** How things are drawn; data, so that renderers stay pure. */
export interface Style {
  readonly color: boolean;
  readonly unicode: boolean;
  readonly columns: number;
}

export type Tone = 'good' | 'bad' | 'busy' | 'steady' | 'dim' | 'bold';

const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  busy: [36, 39],
  steady: [34, 39],
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

const HANGING_INDENT = 11;
const ESCAPE = new RegExp('\\u001b\\[[0-9;]*m', 'g');
const RESET = '\u001b[0m';

/**
 * A line as lines of at most this width, broken between words; what is painted stays painted. All but the first are
 * indented, so that they stand below the text that they go on with.
 */
export function wrap(line: string, columns: number, indent = HANGING_INDENT): readonly string[] {
  if (widthOf(line) <= columns) return [line];
  const lines: string[] = [];
  let now = '';
  for (const word of line.split(/(?<=\S)(?= )/)) {
    if (now !== '' && widthOf(now + word) > columns) {
      const open = openPaint(now);
      lines.push(open === '' ? now : `${now}${RESET}`);
      now = `${' '.repeat(indent)}${open}${word.trimStart()}`;
    } else {
      now += word;
    }
  }
  return [...lines, now].flatMap((each) => cut(each, columns));
}

/** Cells on a terminal: what is wide counts twice, what joins the letter before it not at all. */
export function widthOf(line: string): number {
  return Array.from(line.replace(ESCAPE, '')).reduce((cells, letter) => cells + cellsOf(letter), 0);
}

const JOINING = /^[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

function cellsOf(letter: string): number {
  if (letter <= '\u02ff') return 1;
  if (JOINING.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}

/** A word that is longer than the width is cut hard: better two pieces than none. */
function cut(line: string, columns: number): readonly string[] {
  if (widthOf(line) <= columns || line.includes('\u001b')) return [line];
  const pieces: string[] = [];
  let now = '';
  for (const letter of line) {
    if (now !== '' && widthOf(now + letter) > columns) {
      pieces.push(now);
      now = '';
    }
    now += letter;
  }
  return [...pieces, now];
}

/** The paint that a text leaves open. */
function openPaint(text: string): string {
  const codes = text.match(ESCAPE) ?? [];
  const last = codes.at(-1) ?? '';
  const closes = Object.values(CODES).some(([, close]) => last === `\u001b[${close}m`);
  return last === '' || closes || last === RESET ? '' : last;
}

export type OutputFormat = 'text' | 'json';

/** What `--output` may ask for; `sarif` and `html` only of the commands that show findings. */
export const DOCUMENT_FORMATS = ['text', 'json', 'sarif', 'html'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/** Where a command writes. With `json`, stdout holds JSON alone. */
export interface Terminal {
  readonly format: OutputFormat;
  /** Escape codes and live frames are welcome on stdout. */
  readonly interactive: boolean;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
  /** Calls back at each new size, until what it answers is called. */
  readonly onResize: (listener: () => void) => () => void;
  /** The answer: JSON in one format, lines in the other. */
  readonly result: (answer: Answer) => void;
  /** Something happened on the way: stdout for people, stderr beside JSON. */
  readonly progress: (line: string) => void;
  /** A remark or a warning, always on stderr. */
  readonly note: (line: string) => void;
  /** Raw text on stdout, for live frames. */
  readonly write: (text: string) => void;
}

export interface Answer {
  readonly json: object;
  readonly text: readonly string[];
}

export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

export interface TerminalOptions {
  readonly format: OutputFormat;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: NodeJS.ProcessEnv;
}

/** Nothing is broken into lines for a file or a pipe. */
const WIDTH_WITHOUT_TTY = 10_000;

export function openTerminal({ format, stdout, stderr, env }: TerminalOptions): Terminal {
  const interactive = stdout.isTTY === true && format === 'text' && env['TERM'] !== 'dumb';
  const line = (stream: Stream, text: string): void => void stream.write(`${text}\n`);
  return {
    format,
    interactive,
    color: interactive && (env['NO_COLOR'] ?? '') === '',
    unicode: isUtf8(env),
    columns: () => (stdout.isTTY === true ? stdout.columns : undefined) ?? WIDTH_WITHOUT_TTY,
    rows: () => stdout.rows ?? 24,
    onResize: (listener) => {
      stdout.on?.('resize', listener);
      return () => void stdout.off?.('resize', listener);
    },
    result: ({ json, text }) => {
      if (format === 'json') line(stdout, JSON.stringify(json));
      else text.forEach((each) => line(stdout, each));
    },
    progress: (text) => line(format === 'json' ? stderr : stdout, text),
    note: (text) => line(stderr, text),
    write: (text) => void stdout.write(text),
  };
}

/** Without any word about the locale, UTF-8 is what today's systems speak. */
function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? '';
  return locale === '' || /utf-?8/i.test(locale);
}

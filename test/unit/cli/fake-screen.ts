import { EventEmitter } from 'node:events';
import type { Stream } from '../../../src/cli/output/terminal';

const PARTS = /\u001b\[[0-9;?]*[A-Za-z]|\r|\n|[^\u001b\r\n]/gu;

interface Row {
  text: string;
  /** The line of text began in the row above. */
  isContinued: boolean;
}

/**
 * A terminal that understands just what the frame sends: it breaks lines at its edge, scrolls, and breaks its lines anew
 * when it is resized, as terminals do.
 */
export class FakeScreen extends EventEmitter implements Stream {
  readonly isTTY = true;
  readonly written: string[] = [];
  private grid: Row[] = [{ text: '', isContinued: false }];
  private top = 0;
  private row = 0;
  private column = 0;

  constructor(
    public columns: number,
    public rows: number,
  ) {
    super();
  }

  write(text: string): boolean {
    this.written.push(text);
    for (const [part] of text.matchAll(PARTS)) this.take(part);
    return true;
  }

  resize(columns: number, rows: number): void {
    const lines: string[] = [];
    for (const { text, isContinued } of this.grid) {
      if (isContinued) lines.push((lines.pop() ?? '') + text);
      else lines.push(text);
    }
    this.columns = columns;
    this.rows = rows;
    this.grid = lines.flatMap((line) => broken(line, columns));
    // The cursor waits below the frame, at the beginning of the last line.
    this.row = this.grid.length - 1;
    this.column = 0;
    this.top = Math.max(0, this.grid.length - rows);
    this.emit('resize');
  }

  /** Without what has scrolled away. */
  get visible(): readonly string[] {
    return this.all.slice(this.top);
  }

  /** Everything that ever stood there, what has scrolled away included. */
  get all(): readonly string[] {
    return this.grid.map(({ text }) => text.trimEnd());
  }

  get isCursorShown(): boolean {
    const text = this.written.join('');
    return text.lastIndexOf('\u001b[?25h') > text.lastIndexOf('\u001b[?25l');
  }

  private take(part: string): void {
    if (part === '\n') this.down();
    else if (part === '\r') this.column = 0;
    else if (part.startsWith('\u001b')) this.control(part);
    else this.put(part);
  }

  private control(part: string): void {
    if (part.endsWith('A')) this.row = Math.max(this.top, this.row - Number(part.slice(2, -1)));
    else if (part === '\u001b[2K') this.now().text = '';
    else if (part === '\u001b[0J') {
      this.grid.length = this.row + 1;
      this.now().text = this.now().text.slice(0, this.column);
    }
  }

  private put(letter: string): void {
    if (this.column >= this.columns) {
      this.down();
      this.now().isContinued = true;
    }
    const { text } = this.now();
    const before = text.padEnd(this.column).slice(0, this.column);
    this.now().text = before + letter + text.slice(this.column + 1);
    this.column += 1;
  }

  /** The terminal's driver makes a return of each line feed. */
  private down(): void {
    this.row += 1;
    this.column = 0;
    if (this.row === this.grid.length) this.grid.push({ text: '', isContinued: false });
    this.top = Math.max(this.top, this.grid.length - this.rows);
  }

  private now(): Row {
    return this.grid[this.row]!;
  }
}

function broken(line: string, columns: number): Row[] {
  const letters = Array.from(line.trimEnd());
  const count = Math.max(1, Math.ceil(letters.length / columns));
  return Array.from({ length: count }, (_, index) => ({
    text: letters.slice(index * columns, (index + 1) * columns).join(''),
    isContinued: index > 0,
  }));
}

import { appendFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MetricsWindow } from '../admin-api';

const KEPT_MS = 15 * 60 * 1000;

/** The complete seconds of one service on disk, so that they outlive the platform. At most half an hour is kept. */
export class MetricsFile {
  private startedAtMs = Date.now();

  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  }

  /** What the last 15 minutes left; unreadable lines are gaps. */
  read(): readonly MetricsWindow[] {
    const oldestMs = Date.now() - KEPT_MS;
    return [`${this.path}.1`, this.path]
      .flatMap(linesOf)
      .filter(({ fromMs }) => fromMs >= oldestMs);
  }

  /** Never throws: without a disk the counts are still served from memory. */
  append(windows: readonly MetricsWindow[]): void {
    if (windows.length === 0) return;
    try {
      if (Date.now() - this.startedAtMs > KEPT_MS) this.turnOver();
      const lines = windows.map((window) => `${JSON.stringify(window)}\n`);
      appendFileSync(this.path, lines.join(''), { mode: 0o600 });
    } catch (error) {
      process.stderr.write(`metrics file: ${String(error)}\n`);
    }
  }

  private turnOver(): void {
    this.startedAtMs = Date.now();
    renameSync(this.path, `${this.path}.1`);
  }
}

function linesOf(path: string): MetricsWindow[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as MetricsWindow];
    } catch {
      return [];
    }
  });
}

import { appendFileSync, readFileSync } from 'node:fs';
import type { Fence } from '../admin-api';

/** One line of `journal.jsonl`. */
export interface JournalEntry {
  readonly service: string;
  readonly environment: string;
  /** Accepted effects: `claim release listener fleet weights queue release-queue drain reduce park retire`; what followed:
   * `spawn` (before the process exists), `spawned`, `exited`, `stopped`, `adopted`, `killed-orphan`; what the platform did
   * by itself: `expired` (a fleet had stood by for long enough and is retired), `restart` (of a process that was alive and
   * unhealthy for long). */
  readonly kind: string;
  readonly fence?: Fence;
  readonly token?: string;
  readonly instance?: string;
  /** 0 for an instance's first process, then the number of the restart. */
  readonly attempt?: number;
  readonly pid?: number;
  readonly detail?: unknown;
}

/**
 * What the platform accepted and did, one JSON object a line with `ms`, only ever appended. Written before the act:
 * a process whose `spawn` line is there is found again even when nothing else was saved.
 */
export class Journal {
  constructor(private readonly path: string) {}

  /** Never throws: a full disk must not keep traffic from being moved. */
  append(entry: JournalEntry): void {
    try {
      appendFileSync(this.path, `${JSON.stringify({ ms: Date.now(), ...entry })}\n`, {
        mode: 0o600,
      });
    } catch (error) {
      process.stderr.write(`journal: ${String(error)}\n`);
    }
  }

  /** The ids of all instances that were ever to be spawned. */
  spawnedInstances(): Set<string> {
    const ids = new Set<string>();
    for (const line of this.lines()) {
      if (line.kind === 'spawn' && line.instance !== undefined) ids.add(line.instance);
    }
    return ids;
  }

  private lines(): JournalEntry[] {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch {
      return [];
    }
    return text.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line) as JournalEntry];
      } catch {
        // The last line of a crash may be cut.
        return [];
      }
    });
  }
}

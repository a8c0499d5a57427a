import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { EMPTY_STATE, type PlatformState } from './platform-state';

/** The state on disk: replaced as a whole, by a synced temporary file and a rename. */
export class StateFile {
  private writing: Promise<void> = Promise.resolve();
  private queued: Promise<void> | null = null;

  constructor(
    private readonly path: string,
    private readonly snapshot: () => PlatformState,
  ) {}

  /** Throws where the file is there and cannot be understood: guessing would lose running services. */
  static read(path: string): PlatformState {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY_STATE;
      throw error;
    }
    const state = JSON.parse(text) as PlatformState | { readonly schemaVersion: number };
    if (!isKnown(state)) throw new Error(`${path} has an unknown schemaVersion`);
    return state;
  }

  /** Resolves when the state of this moment, or a later one, is on disk. Calls that wait share one write. */
  save(): Promise<void> {
    if (this.queued !== null) return this.queued;
    const next = this.writing.then(() => {
      this.queued = null;
      return this.write();
    });
    this.queued = next;
    this.writing = next.catch(() => undefined);
    return next;
  }

  private async write(): Promise<void> {
    const temporary = `${this.path}.${process.pid}.tmp`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(this.snapshot(), null, 1)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
  }
}

function isKnown(
  state: PlatformState | { readonly schemaVersion: number },
): state is PlatformState {
  return state.schemaVersion === 1;
}

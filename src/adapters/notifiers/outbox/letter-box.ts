import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Notification } from '../../../domain/monitoring/notification';
import { replaceFile } from '../../durable-file';
import { errorCode } from '../../error-code';
import type { RemoteChannel } from './send';

/** What is to be delivered to one channel. */
export interface Parcel {
  readonly notification: Notification;
  readonly channel: RemoteChannel;
  readonly acceptedAtMs: number;
  readonly attempts: number;
  readonly nextAtMs: number;
  /** Of the last attempt; null before the first. */
  readonly why: string | null;
}

/**
 * The outbox of one home as files: `waiting/` one a parcel, `given-up/` with the reason, and `done/` an empty mark for each
 * that was delivered, so that the same notification is not accepted again.
 */
export class LetterBox {
  /** What is not read, so that each is said once and not at every look. */
  private readonly unread = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly log: (level: 'warn' | 'error', message: string) => void,
  ) {}

  /** Keeps it, unless it is known already. */
  async accept(parcel: Parcel): Promise<void> {
    const name = nameOf(parcel);
    for (const known of ['waiting', 'given-up', 'done'] as const)
      if (await exists(this.path(known, name))) return;
    await this.keep(parcel);
  }

  async keep(parcel: Parcel): Promise<void> {
    await replaceFile(this.path('waiting', nameOf(parcel)), JSON.stringify(parcel));
  }

  /** Oldest first. What is no parcel is put aside; what cannot be read now is left out, and waits. */
  async waiting(): Promise<readonly Parcel[]> {
    const names = await list(`${this.folder}/waiting`);
    const parcels: Parcel[] = [];
    for (const name of names) {
      const parcel = await this.read(name);
      if (parcel !== null) parcels.push(parcel);
    }
    return parcels.sort((a, b) => a.acceptedAtMs - b.acceptedAtMs);
  }

  /** As it is kept now; null: it waits no more. */
  find(parcel: Parcel): Promise<Parcel | null> {
    return this.read(nameOf(parcel));
  }

  async delivered(parcel: Parcel): Promise<void> {
    const name = nameOf(parcel);
    // Without its mark it is sent again only where it is handed over again; if it stayed, at every look.
    await this.markDone(name).catch((error: unknown) => this.sayUnmarked(name, errorCode(error)));
    await rm(this.path('waiting', name), { force: true });
  }

  async giveUp(parcel: Parcel): Promise<void> {
    const name = nameOf(parcel);
    await replaceFile(this.path('given-up', name), JSON.stringify(parcel));
    await rm(this.path('waiting', name), { force: true });
  }

  /** Forgets marks of what was delivered long ago: nobody sends it again. */
  async tidy(beforeMs: number): Promise<void> {
    for (const name of await list(`${this.folder}/done`)) {
      const path = this.path('done', name);
      const age = await stat(path).catch(() => null);
      if (age !== null && age.mtimeMs < beforeMs) await rm(path, { force: true });
    }
  }

  private async read(name: string): Promise<Parcel | null> {
    const text = await this.textOf(name);
    if (text === null) return null;
    try {
      return JSON.parse(text) as Parcel;
    } catch {
      await this.putAside(name);
      return null;
    }
  }

  private async textOf(name: string): Promise<string | null> {
    try {
      const text = await readFile(this.path('waiting', name), 'utf8');
      this.unread.delete(name);
      return text;
    } catch (error) {
      this.sayUnread(name, errorCode(error));
      return null;
    }
  }

  private sayUnread(name: string, code: string | null): void {
    if (code === 'ENOENT' || this.unread.has(name)) return;
    this.unread.add(name);
    const what = `cannot be read (${code ?? 'unknown error'}), and waits`;
    this.log('warn', `The notification notifications/waiting/${name} ${what}.`);
  }

  private async putAside(name: string): Promise<void> {
    try {
      await mkdir(`${this.folder}/given-up`, { recursive: true, mode: 0o700 });
      await rename(this.path('waiting', name), this.path('given-up', name));
    } catch {
      // The next look tries again; nothing else may wait for that.
      return;
    }
    this.log('error', `What is no notification was put aside: notifications/given-up/${name}.`);
  }

  private async markDone(name: string): Promise<void> {
    await mkdir(`${this.folder}/done`, { recursive: true, mode: 0o700 });
    await writeFile(this.path('done', name), '', { mode: 0o600 });
  }

  private sayUnmarked(name: string, code: string | null): void {
    const what = `was delivered, which could not be noted (${code ?? 'unknown error'})`;
    this.log('warn', `The notification ${name} ${what}.`);
  }

  private path(box: 'waiting' | 'given-up' | 'done', name: string): string {
    return `${this.folder}/${box}/${name}`;
  }
}

/** One a notification and channel. */
function nameOf({ notification, channel }: Parcel): string {
  const where = channel.kind === 'slack' ? channel.urlSecret : channel.url;
  const key = JSON.stringify([notification.id, channel.kind, where]);
  return `${createHash('sha256').update(key).digest('hex')}.json`;
}

/** What somebody must act on now. */
export function isUrgent({ notification: { kind, severity } }: Parcel): boolean {
  return kind === 'rollback-incomplete' || severity === 'critical';
}

/** Which parcels wait for each other. */
export function queueOf({ channel }: Parcel): string {
  return channel.kind === 'slack' ? `slack ${channel.urlSecret}` : `webhook ${channel.url}`;
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BelayError } from '../../domain/errors';
import { pause } from '../../client/pause';
import { identify, isRunning, type ProcessIdentity } from '../../client/process-identity';

const WAIT_MS = 90_000;
const ASK_EVERY_MS = 200;

/** Two `belay up` at once would both see nothing running: the second waits for the first. */
export async function onlyOne<T>(home: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const file = join(home, 'processes.lock');
  const endsAtMs = Date.now() + WAIT_MS;
  while (!take(file)) {
    if (Date.now() > endsAtMs) throw busy(file);
    await pause(ASK_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    const holder = holderOf(file);
    // Left behind by one that was killed.
    if (holder !== 'unreadable' && !isRunning(holder)) rmSync(file, { force: true });
    return false;
  }
}

/** Unreadable: being written right now. */
function holderOf(file: string): ProcessIdentity | 'unreadable' {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return 'unreadable';
  }
}

function busy(file: string): BelayError {
  return new BelayError(
    'ENVIRONMENT_NOT_READY',
    'Another `belay up` or `belay down` has been at work in this home for too long. Nothing was changed.',
    { next: `Wait for it; when none runs, remove ${file}.` },
  );
}

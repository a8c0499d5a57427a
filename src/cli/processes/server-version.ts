import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BelayError } from '../../domain/errors';
import { homeLayout } from '../../domain/home-layout';

export function databaseFile(home: string): string {
  return join(homeLayout(home).temporal, 'temporal.db');
}

function noteFile(home: string): string {
  return join(homeLayout(home).temporal, 'server-version');
}

/**
 * A database may not survive a change of server version, and it is never moved while deployments are open: the version
 * that made it stands beside it. @throws BelayError `ENVIRONMENT_NOT_READY` where another one would open it
 */
export function checkServerVersion(home: string, server: string): void {
  const made = madeBy(home);
  if (made === null || made === server) return;
  throw new BelayError(
    'ENVIRONMENT_NOT_READY',
    `The database in ${homeLayout(home).temporal} was made by Temporal server ${made}; the binary found is ${server}. ` +
      'Nothing was started, and the database was not touched; traffic stays as it is.',
    {
      next:
        `Set TEMPORAL_CLI to a binary with server ${made}. Or, when \`belay status\` showed no running deployment ` +
        `and the history may go, remove ${homeLayout(home).temporal} and run \`belay up\` again.`,
    },
  );
}

/** Written before the server opens the database for the first time. */
export function noteServerVersion(home: string, server: string): void {
  mkdirSync(homeLayout(home).temporal, { recursive: true, mode: 0o700 });
  if (madeBy(home) === null) writeFileSync(noteFile(home), `${server}\n`, { mode: 0o600 });
}

function madeBy(home: string): string | null {
  if (!existsSync(databaseFile(home))) return null;
  try {
    return readFileSync(noteFile(home), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

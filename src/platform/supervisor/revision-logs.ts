import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Digest } from '../../domain/revision';
import type { LogsAnswer } from '../admin-api';
import { lastLinesOf } from './instance-log';
import { maskSecrets } from './mask-secrets';
import { logFolder, type Supervision } from './supervision';

/** How many revisions of a service keep their logs after their end. */
const KEPT_REVISIONS = 20;

type Place = Pick<Supervision, 'home' | 'service' | 'environment'>;

/**
 * The last lines of each instance that a revision had, oldest instance first, also after its retirement; null where
 * there are no logs of it.
 */
export async function revisionLogs(
  place: Place,
  revision: Digest,
  lines: number,
): Promise<LogsAnswer | null> {
  const folder = logFolder(place, revision);
  const files = oldestFirst(folder).filter((name) => name.endsWith('.log'));
  if (files.length === 0) return null;
  const perInstance = await Promise.all(
    files.map(async (name) => {
      const instance = name.slice(0, -'.log'.length);
      const masked = maskSecrets(place, await lastLinesOf(join(folder, name), lines));
      return masked.map((line) => ({ instance, line }));
    }),
  );
  return { lines: perInstance.flat() };
}

/** Removes the logs of revisions that ended long ago: all but the newest and those that still run. */
export function forgetOldLogs(place: Place, running: Iterable<Digest>): void {
  const keep = new Set([...running].map((revision) => logFolder(place, revision)));
  const folder = dirname(logFolder(place, 'any'));
  const ended = oldestFirst(folder).filter((name) => !keep.has(join(folder, name)));
  for (const name of ended.slice(0, Math.max(0, ended.length - KEPT_REVISIONS))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function oldestFirst(folder: string): string[] {
  try {
    const dated = readdirSync(folder).map((name) => ({
      name,
      ms: statSync(join(folder, name)).mtimeMs,
    }));
    return dated.sort((one, other) => one.ms - other.ms).map(({ name }) => name);
  } catch {
    return [];
  }
}

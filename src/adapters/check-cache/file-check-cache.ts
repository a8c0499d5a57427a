import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckCache } from '../../ports/check-cache';
import { readFileIfAny, replaceFile } from '../durable-file';

/** The oldest go first beyond this. */
const MOST_ENTRIES = 1_000;
const KEY = /^[0-9a-f]{64}$/;

/** One file a result, below the home. What cannot be read or written costs a new look and nothing else. */
export function createFileCheckCache({ home }: { readonly home: string }): CheckCache {
  const folder = join(home, 'cache', 'checks');
  const pathOf = (key: string): string => join(folder, `${key}.json`);
  return {
    async get(key, maxAgeMs) {
      if (!KEY.test(key)) return null;
      try {
        const { mtimeMs } = await stat(pathOf(key));
        if (Date.now() - mtimeMs > maxAgeMs) return null;
        const text = await readFileIfAny(pathOf(key));
        return text === null ? null : (JSON.parse(text) as unknown);
      } catch {
        return null;
      }
    },
    async put(key, result) {
      if (!KEY.test(key)) return;
      try {
        await replaceFile(pathOf(key), JSON.stringify(result));
        await prune(folder);
      } catch {
        // Not kept, then.
      }
    },
  };
}

async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= MOST_ENTRIES) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, atMs: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((one, other) => one.atMs - other.atMs);
  for (const { name } of dated.slice(0, names.length - MOST_ENTRIES / 2)) {
    await rm(join(folder, name), { force: true });
  }
}

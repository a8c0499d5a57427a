import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.mjs';

/** Paths of the cached binaries, newest version first. */
export function cachedBinaries(env) {
  const folder = cacheFolder('temporal', env);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((version) => join(folder, version, 'temporal'))
    .filter((path) => existsSync(path));
}

/**
 * Calls `work` with a fresh folder beside the cached versions, on the same file system, and removes
 * it afterwards: what it produced was renamed into place by `keep`, whole or not at all.
 */
export async function inWorkFolder(env, work) {
  const folder = join(
    cacheFolder('temporal', env),
    `work-${process.pid}-${randomUUID().slice(0, 8)}`,
  );
  mkdirSync(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Moves a probed binary to its place. Two runs at once end with one whole file, whichever wins. */
export function keep(binary, { version, env }) {
  const folder = join(cacheFolder('temporal', env), version);
  const path = join(folder, 'temporal');
  mkdirSync(folder, { recursive: true });
  chmodSync(binary, 0o755);
  renameSync(binary, path);
  return path;
}

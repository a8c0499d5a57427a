import { readdir } from 'node:fs/promises';
import type { ArtifactManifest } from '../../../ports/artifact-store';
import { isMissing } from '../../durable-file';

const MOST = 100;

/** What lies in the stored copy and not in the manifest, at most a hundred paths. */
export async function strangers(
  root: string,
  { entries }: ArtifactManifest,
): Promise<readonly string[]> {
  const known = new Set(entries.map(({ path }) => path));
  const found: string[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await entriesIn(`${root}/${folder}`)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (!known.has(path)) found.push(path);
      if (found.length >= MOST) return found;
    }
  }
  return found;
}

async function entriesIn(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

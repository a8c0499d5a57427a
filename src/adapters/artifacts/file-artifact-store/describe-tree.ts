import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readlink } from 'node:fs/promises';
import type { ArtifactManifest, ManifestEntry } from '../../../ports/artifact-store';
import { refuseTooLarge, type ArtifactLimits } from './limits';
import type { SourceTree } from './walk-source';

export interface DescribeOrder {
  readonly limits: ArtifactLimits;
  readonly signal: AbortSignal;
}

/** The manifest that a copy of the tree would have, without copying it. A link is described as it is, wherever it leads. */
export async function describeTree(
  { root, files, links }: SourceTree,
  { limits, signal }: DescribeOrder,
): Promise<ArtifactManifest> {
  const entries: ManifestEntry[] = [];
  let total = 0;
  for (const path of files) {
    signal.throwIfAborted();
    const described = await describeFile(`${root}/${path}`);
    total += described.bytes;
    refuseTooLarge(total, limits);
    entries.push({ type: 'file', path, ...described });
  }
  for (const path of links)
    entries.push({ type: 'link', path, to: await readlink(`${root}/${path}`) });
  entries.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { manifestVersion: 1, entries };
}

async function describeFile(path: string) {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  await using file = await open(path, flags);
  const executable = ((await file.stat()).mode & 0o111) !== 0;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of file.createReadStream({ autoClose: false })) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { executable, bytes, sha256: hash.digest('hex') };
}

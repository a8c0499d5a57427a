import { mkdir, readlink, realpath, symlink } from 'node:fs/promises';
import { posix } from 'node:path';
import { BelayError } from '../../../domain/errors';
import type { ArtifactManifest, ManifestEntry } from '../../../ports/artifact-store';
import { isMissing } from '../../durable-file';
import { copyFile } from './copy-file';
import { refuseTooLarge, type ArtifactLimits } from './limits';
import type { SourceTree } from './walk-source';

export interface CopyOrder {
  readonly tree: SourceTree;
  readonly to: string;
  readonly limits: ArtifactLimits;
  readonly signal: AbortSignal;
}

/** Files that are copied at the same time. */
const COPIERS = 8;

/** Copies everything and describes the copy, not the source. */
export async function copyTree(order: CopyOrder): Promise<ArtifactManifest> {
  const { tree, to } = order;
  await mkdir(to, { recursive: true, mode: 0o755 });
  for (const folder of tree.folders)
    await mkdir(`${to}/${folder}`, { recursive: true, mode: 0o755 });
  const files = await copyFiles(order);
  const links: ManifestEntry[] = [];
  for (const path of tree.links) links.push(await copyLink(order, path));
  for (const path of tree.links) await refuseEscape(to, path);
  return { manifestVersion: 1, entries: [...files, ...links].sort(byPath) };
}

async function copyFiles({ tree, to, limits, signal }: CopyOrder): Promise<ManifestEntry[]> {
  const waiting = tree.files.values();
  const entries: ManifestEntry[] = [];
  let total = 0;
  const count = (bytes: number): void => {
    total += bytes;
    refuseTooLarge(total, limits);
  };
  const stop = new AbortController();
  const copier = async (): Promise<void> => {
    for (const path of waiting) {
      if (stop.signal.aborted) return;
      signal.throwIfAborted();
      const copied = await copyFile({
        from: `${tree.root}/${path}`,
        to: `${to}/${path}`,
        path,
        count,
      });
      entries.push({ type: 'file', path, ...copied });
    }
  };
  const stopAll = (error: unknown): never => {
    stop.abort();
    throw error;
  };
  // All of them have ended before the caller may clear the half-made copy away.
  const ended = await Promise.allSettled(
    Array.from({ length: COPIERS }, () => copier().catch(stopAll)),
  );
  const failure = ended.find((end) => end.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return entries;
}

async function copyLink({ tree, to }: CopyOrder, path: string): Promise<ManifestEntry> {
  const target = await readlink(`${tree.root}/${path}`);
  const landing = posix.normalize(posix.join(posix.dirname(path), target));
  if (posix.isAbsolute(target) || landing === '..' || landing.startsWith('../'))
    throw escapes(path);
  await symlink(target, `${to}/${path}`);
  return { type: 'link', path, to: target };
}

/** Follows the link in the copy, where nobody else can change it: a way through other links may leave, too. */
async function refuseEscape(to: string, path: string): Promise<void> {
  const root = await realpath(to);
  const landing = await realpath(`${to}/${path}`).catch((cause: unknown) => {
    if (isMissing(cause)) throw dangling(path, cause);
    throw cause;
  });
  if (landing !== root && !landing.startsWith(`${root}/`)) throw escapes(path);
}

function escapes(path: string): BelayError {
  return new BelayError(
    'ARTIFACT_ESCAPES',
    `The link ${path} leads out of the artifact's folder; nothing was stored and nothing was deployed.`,
    { next: 'Copy what it points to into the artifact, or remove the link.', details: { path } },
  );
}

function dangling(path: string, cause: unknown): BelayError {
  return new BelayError(
    'ARTIFACT_UNSUPPORTED',
    `The link ${path} points to nothing; nothing was stored and nothing was deployed.`,
    { next: 'Remove the link.', details: { path }, cause },
  );
}

function byPath(a: ManifestEntry, b: ManifestEntry): number {
  return a.path < b.path ? -1 : 1;
}

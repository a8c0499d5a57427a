import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readlink, realpath } from 'node:fs/promises';
import type { ManifestEntry } from '../ports/artifact-store';
import { errorCode } from './error-code';

export interface Difference {
  readonly kind: 'missing' | 'changed' | 'leaves-folder' | 'unreadable';
  readonly title: string;
}

type FileEntry = Extract<ManifestEntry, { type: 'file' }>;
type LinkEntry = Extract<ManifestEntry, { type: 'link' }>;

const MISSING: Difference = { kind: 'missing', title: 'is in the manifest and not in the store' };
const CHANGED: Difference = { kind: 'changed', title: 'is not what was stored' };
const LEAVES: Difference = { kind: 'leaves-folder', title: 'leads out of the artifact' };
const UNREADABLE: Difference = { kind: 'unreadable', title: 'cannot be read' };

/**
 * How the stored copy of one entry differs from the manifest; null: it does not. `justRead`: the digest of the file's
 * bytes, where the caller has just read them; where it is the right one, they are not read again.
 */
export async function compareEntry(
  root: string,
  entry: ManifestEntry,
  justRead: string | null = null,
): Promise<Difference | null> {
  if (leavesByName(entry.path)) return LEAVES;
  try {
    if (!isInside(await realpath(root), await realpath(`${root}/${entry.path}`))) return LEAVES;
    return entry.type === 'file'
      ? await compareFile(`${root}/${entry.path}`, entry, justRead)
      : await compareLink(`${root}/${entry.path}`, entry);
  } catch (error) {
    return differenceOf(errorCode(error));
  }
}

function leavesByName(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

async function compareFile(
  path: string,
  entry: FileEntry,
  justRead: string | null,
): Promise<Difference | null> {
  await using file = await open(
    path,
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  const stats = await file.stat();
  const isSameKind = stats.isFile() && ((stats.mode & 0o111) !== 0) === entry.executable;
  if (!isSameKind || stats.size !== entry.bytes) return CHANGED;
  if (justRead === entry.sha256) return null;
  const hash = createHash('sha256');
  for await (const piece of file.createReadStream({ autoClose: false }))
    hash.update(piece as Buffer);
  return hash.digest('hex') === entry.sha256 ? null : CHANGED;
}

async function compareLink(path: string, { to }: LinkEntry): Promise<Difference | null> {
  return (await readlink(path)) === to ? null : CHANGED;
}

function differenceOf(code: string | null): Difference {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return MISSING;
    // A link where a file was, or a file where a link was.
    case 'ELOOP':
    case 'EINVAL':
      return CHANGED;
    default:
      return UNREADABLE;
  }
}

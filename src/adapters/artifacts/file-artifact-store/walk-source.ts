import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { BelayError } from '../../../domain/errors';
import { isMissing } from '../../durable-file';
import { refuseTooMany, type ArtifactLimits } from './limits';

/** What lies in the source folder: files and links by path, relative and sorted; folders as they have to be made. */
export interface SourceTree {
  readonly root: string;
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly links: readonly string[];
}

interface Found {
  readonly folders: string[];
  readonly files: string[];
  readonly links: string[];
}

/** Lists the folder without following any link inside of it. */
export async function walkSource(
  path: string,
  limits: ArtifactLimits,
  signal: AbortSignal,
): Promise<SourceTree> {
  const root = await sourceFolder(path);
  const found: Found = { folders: [], files: [], links: [] };
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    signal.throwIfAborted();
    for (const entry of await readdir(`${root}/${folder}`, { withFileTypes: true })) {
      const inner = folder === '' ? entry.name : `${folder}/${entry.name}`;
      listOf(entry, inner, found).push(inner);
      if (entry.isDirectory()) waiting.push(inner);
      refuseTooMany(found.files.length + found.links.length + found.folders.length, limits);
    }
  }
  refuseEmpty(path, found);
  return { root, folders: found.folders, files: found.files.sort(), links: found.links.sort() };
}

async function sourceFolder(path: string): Promise<string> {
  try {
    const root = await realpath(path);
    if ((await lstat(root)).isDirectory()) return root;
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new BelayError(
      'ARTIFACT_MISSING',
      `There is no ${path}; nothing was stored and nothing was deployed.`,
      {
        next: 'Build the service first, or name its folder with `artifact`.',
        cause,
      },
    );
  }
  throw new BelayError(
    'ARTIFACT_UNSUPPORTED',
    `${path} is not a folder; nothing was stored and nothing was deployed.`,
    {
      next: 'Name the folder that holds the files.',
    },
  );
}

function listOf(entry: Dirent, path: string, found: Found): string[] {
  if (entry.isDirectory()) return found.folders;
  if (entry.isFile()) return found.files;
  if (entry.isSymbolicLink()) return found.links;
  throw new BelayError(
    'ARTIFACT_UNSUPPORTED',
    `${path} is neither a file nor a folder nor a link (a device, socket or pipe); nothing was stored and nothing was deployed.`,
    { next: 'Remove it from the artifact.', details: { path } },
  );
}

function refuseEmpty(path: string, { files, links }: Found): void {
  if (files.length + links.length > 0) return;
  throw new BelayError(
    'ARTIFACT_EMPTY',
    `${path} holds no file; nothing was stored and nothing was deployed.`,
    {
      next: 'Build the service first.',
    },
  );
}

import type { Component } from '../../../domain/checks/component';
import { errorCode } from '../../error-code';
import { readText } from '../read-text';
import type { SayProgress } from '../thread';
import { readInstalledPackage } from './installed-packages';
import { lockfileKind } from './lockfile-kind';
import type { Lockfile, LockfileOrNot } from './lockfile';
import { readManifest, type Manifest } from './manifest';
import { readNpmLockfile, type LockfileText } from './npm-lockfile';
import { readPoetryLockfile } from './poetry-lockfile';
import { readRequirements } from './requirements';
import { readUvLockfile } from './uv-lockfile';

/** What the thread is asked to read; paths are relative to the root. */
export interface LockfileOrder {
  readonly root: string;
  readonly lockfiles: readonly string[];
  /** package.json and pyproject.toml of the project itself. */
  readonly manifests: readonly string[];
  /** package.json of what lies in node_modules. */
  readonly installed: readonly string[];
}

export interface LockfilesRead {
  readonly lockfiles: readonly Lockfile[];
  readonly manifests: readonly Manifest[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const MOST_BYTES = 64_000_000;

export async function readLockfiles(
  { root, lockfiles, manifests, installed }: LockfileOrder,
  progress: SayProgress,
): Promise<LockfilesRead> {
  const read: Lockfile[] = [];
  const ownManifests: Manifest[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const total = lockfiles.length + manifests.length + installed.length;
  for (const [done, path] of [...lockfiles, ...manifests].entries()) {
    progress(done, total, path);
    const text = await textOf(`${root}/${path}`);
    if (text.kind === 'unreadable') unreadable.push({ path, reason: text.reason });
    else if (done < lockfiles.length) {
      const answer = parsed({ path, text: text.text });
      if (answer.kind === 'read') read.push(answer.lockfile);
      else unreadable.push({ path, reason: answer.reason });
    } else {
      const manifest = readManifest(path, text.text);
      if (manifest === null) unreadable.push({ path, reason: 'it cannot be parsed' });
      else ownManifests.push(manifest);
    }
  }
  const present: Component[] = [];
  for (const [index, path] of installed.entries()) {
    progress(lockfiles.length + manifests.length + index, total, path);
    const component = await installedPackage(root, path);
    if (component === 'unreadable') unreadable.push({ path, reason: 'it cannot be parsed' });
    else if (component !== null) present.push(component);
  }
  if (present.length > 0) read.push(installedAsLockfile(present));
  return { lockfiles: read, manifests: ownManifests, unreadable };
}

async function installedPackage(
  root: string,
  path: string,
): Promise<Component | null | 'unreadable'> {
  const text = await textOf(`${root}/${path}`);
  if (text.kind === 'unreadable') return 'unreadable';
  try {
    return readInstalledPackage(path, text.text);
  } catch {
    return 'unreadable';
  }
}

function installedAsLockfile(components: readonly Component[]): Lockfile {
  const kind = 'installed';
  return { path: '', kind, components, unnamed: [], manifests: null, places: {}, loose: [] };
}

type TextAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

async function textOf(path: string): Promise<TextAnswer> {
  try {
    const content = await readText(path, MOST_BYTES);
    switch (content.kind) {
      case 'text':
        return content;
      case 'binary':
        return { kind: 'unreadable', reason: 'it is binary' };
      case 'too-large':
        return { kind: 'unreadable', reason: `it is larger than ${MOST_BYTES} bytes` };
    }
  } catch (error) {
    return { kind: 'unreadable', reason: `it cannot be read (${errorCode(error) ?? 'error'})` };
  }
}

function parsed(file: LockfileText): LockfileOrNot {
  try {
    return readKnown(file);
  } catch (error) {
    // Deep nesting, for one. Not the message: it may quote the file.
    const reason = error instanceof RangeError ? 'it is nested too deeply' : 'it cannot be parsed';
    return { kind: 'malformed', reason };
  }
}

function readKnown(file: LockfileText): LockfileOrNot {
  const known = lockfileKind(file.path);
  switch (known?.kind) {
    case 'npm':
    case 'npm-installed':
      return readNpmLockfile(file, known.kind);
    case 'uv':
      return readUvLockfile(file);
    case 'poetry':
      return readPoetryLockfile(file);
    case 'requirements':
      return readRequirements(file);
    case 'unread':
    case undefined:
      return { kind: 'malformed', reason: 'it is no lockfile that is read' };
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { canonicalJson } from '../../domain/canonical-json';
import { BelayError } from '../../domain/errors';
import { artifactFiles } from '../../domain/home-layout';
import { isDigest, shortDigest, type Digest } from '../../domain/revision';
import type { ArtifactManifest, ArtifactStore, StoredArtifact } from '../../ports/artifact-store';
import { isMissing, readFileIfAny, replaceFile, syncFolder } from '../durable-file';
import { errorCode } from '../error-code';
import { copyTree } from './file-artifact-store/copy-tree';
import { describeTree } from './file-artifact-store/describe-tree';
import { DEFAULT_LIMITS, type ArtifactLimits } from './file-artifact-store/limits';
import { refuseWrongBytes } from './file-artifact-store/refuse-wrong-bytes';
import { walkSource } from './file-artifact-store/walk-source';

export interface FileArtifactStoreOptions {
  /** `BELAY_HOME`; the store lies in its folder `artifacts`. */
  readonly home: string;
  readonly limits?: ArtifactLimits;
}

/** A copy that a crash left half made is removed by a later `put` when it is older than this. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
const INCOMING = 'incoming-';

/**
 * Each artifact is a folder named by its digest, with `manifest.json` and `files/`. It is made under another name and
 * renamed when it is whole, so a folder under a digest is always complete. Empty folders are not part of an artifact.
 */
export function createFileArtifactStore({
  home,
  limits = DEFAULT_LIMITS,
}: FileArtifactStoreOptions): ArtifactStore {
  const root = `${home}/artifacts`;
  const folderOf = (artifact: Digest): string =>
    artifactFiles(home, artifact).replace(/\/files$/, '');

  return {
    async put(source, signal) {
      await mkdir(root, { recursive: true, mode: 0o700 });
      await removeAbandoned(root);
      const incoming = `${root}/${INCOMING}${randomUUID()}`;
      try {
        const tree = await walkSource(source.path, limits, signal);
        const manifest = await copyTree({ tree, to: `${incoming}/files`, limits, signal });
        await replaceFile(`${incoming}/manifest.json`, canonicalJson(manifest));
        const digest = digestOf(manifest);
        signal.throwIfAborted();
        await moveInto(folderOf(digest), incoming);
        return summaryOf(digest, manifest);
      } finally {
        await rm(incoming, { recursive: true, force: true });
      }
    },

    async digest(source, signal) {
      const tree = await walkSource(source.path, limits, signal);
      return digestOf(await describeTree(tree, { limits, signal }));
    },

    async manifest(artifact) {
      return readManifest(artifact, folderOf(artifact));
    },

    filesPath(artifact) {
      if (!isDigest(artifact)) throw missing(artifact);
      return artifactFiles(home, artifact);
    },

    async attach(artifact, name, document) {
      refuseName(name);
      await this.manifest(artifact);
      await replaceFile(`${folderOf(artifact)}/${name}`, `${JSON.stringify(document, null, 2)}\n`);
    },

    async attached(artifact, name) {
      refuseName(name);
      const text = isDigest(artifact) ? await readFileIfAny(`${folderOf(artifact)}/${name}`) : null;
      return text === null ? null : parsed(artifact, name, text);
    },

    async artifactsWith(name) {
      refuseName(name);
      const artifacts = await storedIn(root);
      const has = await Promise.all(artifacts.map((one) => isThere(`${folderOf(one)}/${name}`)));
      return artifacts.filter((_artifact, index) => has[index]);
    },

    async check(artifact, signal) {
      const manifest = await this.manifest(artifact);
      await refuseWrongBytes(artifact, { root: artifactFiles(home, artifact), manifest, signal });
      return summaryOf(artifact, manifest);
    },
  };
}

async function readManifest(artifact: Digest, folder: string): Promise<ArtifactManifest> {
  const text = isDigest(artifact) ? await readFileIfAny(`${folder}/manifest.json`) : null;
  if (text === null) throw missing(artifact);
  return verified(artifact, text);
}

function digestOf(manifest: ArtifactManifest): Digest {
  return `sha256:${createHash('sha256').update(canonicalJson(manifest)).digest('hex')}`;
}

/** Whoever comes second finds the same bytes in place and leaves them there. */
async function moveInto(folder: string, incoming: string): Promise<void> {
  try {
    await rename(incoming, folder);
    await syncFolder(`${folder}/..`);
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
}

function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '');
}

function summaryOf(digest: Digest, { entries }: ArtifactManifest): StoredArtifact {
  const bytes = entries.reduce((sum, entry) => sum + (entry.type === 'file' ? entry.bytes : 0), 0);
  return { digest, files: entries.length, bytes };
}

function verified(artifact: Digest, text: string): ArtifactManifest {
  const actual = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  if (actual === artifact) return JSON.parse(text) as ArtifactManifest;
  throw new BelayError(
    'ARTIFACT_CHANGED',
    `The stored manifest of ${shortDigest(artifact)} was changed after it was stored; nothing was deployed from it.`,
    {
      next: 'Remove that artifact from the store and deploy it again.',
      details: { artifact, actual },
    },
  );
}

function parsed(artifact: Digest, name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new BelayError(
      'ARTIFACT_CHANGED',
      `${name}, kept beside the artifact ${shortDigest(artifact)}, is no JSON any more; nothing was deployed from it.`,
      { next: 'Deploy the revision again from its folder.', details: { artifact, name }, cause },
    );
  }
}

async function storedIn(root: string): Promise<readonly Digest[]> {
  try {
    return (await readdir(root)).map((name) => `sha256:${name}`).filter(isDigest);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function refuseName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]*$/i.test(name) && name !== 'manifest.json' && name !== 'files') return;
  throw new BelayError(
    'USAGE',
    `Nothing can be kept under the name ${JSON.stringify(name)}; nothing was written.`,
    {
      next: 'Use a plain file name.',
    },
  );
}

function missing(artifact: Digest): BelayError {
  return new BelayError(
    'ARTIFACT_MISSING',
    `The store has no artifact ${shortDigest(artifact)}; nothing was deployed.`,
    { next: 'Deploy it from its folder.', details: { artifact } },
  );
}

async function removeAbandoned(root: string): Promise<void> {
  const names = (await readdir(root)).filter((name) => name.startsWith(INCOMING));
  for (const name of names) {
    const age = Date.now() - (await modifiedAt(`${root}/${name}`));
    if (age > ABANDONED_AFTER_MS) await rm(`${root}/${name}`, { recursive: true, force: true });
  }
}

/** Now for a folder that has just gone. */
async function modifiedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return Date.now();
  }
}

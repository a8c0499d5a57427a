import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json';
import { BelayError } from '../../domain/errors';
import type { Digest } from '../../domain/revision';
import type {
  ArtifactManifest,
  ArtifactStore,
  ManifestEntry,
  StoredArtifact,
} from '../../ports/artifact-store';

/** A folder in memory: text by path. */
export type MemoryFolder = Readonly<Record<string, string>>;

interface Kept {
  readonly manifest: ArtifactManifest;
  readonly documents: Map<string, unknown>;
}

/** Forgets with the process: for tests and simulations. `folderAt` answers the source, undefined where there is none. */
export function createMemoryArtifactStore(
  folderAt: (path: string) => MemoryFolder | undefined,
): ArtifactStore {
  const artifacts = new Map<Digest, Kept>();
  const kept = (artifact: Digest): Kept => {
    const found = artifacts.get(artifact);
    if (found === undefined)
      throw refused('ARTIFACT_MISSING', `The store has no artifact ${artifact}`);
    return found;
  };
  const described = (path: string): ArtifactManifest => {
    const folder = folderAt(path);
    if (folder === undefined) throw refused('ARTIFACT_MISSING', `There is no ${path}`);
    const paths = Object.keys(folder).sort();
    if (paths.length === 0) throw refused('ARTIFACT_EMPTY', `${path} holds no file`);
    return { manifestVersion: 1, entries: paths.map((one) => entryOf(one, folder[one] ?? '')) };
  };
  return {
    async put(source, signal) {
      signal.throwIfAborted();
      const manifest = described(source.path);
      const digest = `sha256:${sha256(canonicalJson(manifest))}`;
      if (!artifacts.has(digest)) artifacts.set(digest, { manifest, documents: new Map() });
      return summaryOf(digest, manifest);
    },
    async digest(source) {
      return `sha256:${sha256(canonicalJson(described(source.path)))}`;
    },
    async manifest(artifact) {
      return kept(artifact).manifest;
    },
    filesPath(artifact) {
      return `memory:${artifact}`;
    },
    async attach(artifact, name, document) {
      kept(artifact).documents.set(name, document);
    },
    async attached(artifact, name) {
      return artifacts.get(artifact)?.documents.get(name) ?? null;
    },
    async artifactsWith(name) {
      return [...artifacts].filter(([, { documents }]) => documents.has(name)).map(([one]) => one);
    },
    async check(artifact, signal) {
      signal.throwIfAborted();
      return summaryOf(artifact, kept(artifact).manifest);
    },
  };
}

function entryOf(path: string, text: string): ManifestEntry {
  return {
    type: 'file',
    path,
    executable: false,
    bytes: Buffer.byteLength(text),
    sha256: sha256(text),
  };
}

function summaryOf(digest: Digest, { entries }: ArtifactManifest): StoredArtifact {
  const bytes = entries.reduce((sum, entry) => sum + (entry.type === 'file' ? entry.bytes : 0), 0);
  return { digest, files: entries.length, bytes };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function refused(code: 'ARTIFACT_MISSING' | 'ARTIFACT_EMPTY', what: string): BelayError {
  return new BelayError(code, `${what}; nothing was deployed.`);
}

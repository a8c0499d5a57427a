import type { FilesSource } from '../domain/deployment';
import type { Digest } from '../domain/revision';

/** Immutable copies of what is deployed, by content digest. */
export interface ArtifactStore {
  /**
   * Copies the source in once and answers its digest; the same bytes give the same digest and are kept once.
   * @throws BelayError `ARTIFACT_MISSING`, `ARTIFACT_EMPTY`, `ARTIFACT_ESCAPES` (a link that leaves the folder),
   * `ARTIFACT_UNSUPPORTED` (devices, sockets), `ARTIFACT_CHANGED` (it changed while it was copied)
   */
  put(source: FilesSource, signal: AbortSignal): Promise<StoredArtifact>;
  /** The digest that {@link put} would give it; stores nothing. @throws BelayError as `put` does */
  digest(source: FilesSource, signal: AbortSignal): Promise<Digest>;
  /** The stored artifact's manifest. @throws BelayError `ARTIFACT_MISSING` */
  manifest(artifact: Digest): Promise<ArtifactManifest>;
  /** The folder that holds its files. */
  filesPath(artifact: Digest): string;
  /** Keeps a JSON document beside the artifact's files, under a plain file name; repeating it replaces it. */
  attach(artifact: Digest, name: string, document: unknown): Promise<void>;
  /**
   * The document that is kept under this name; null where there is none, or no such artifact any more.
   * @throws BelayError `ARTIFACT_CHANGED` where it cannot be read as JSON
   */
  attached(artifact: Digest, name: string): Promise<unknown>;
  /** The artifacts beside which a document of this name is kept; no order. */
  artifactsWith(name: string): Promise<readonly Digest[]>;
  /**
   * Reads every stored byte again. What was put beside the files of the manifest is no reason to refuse.
   * @throws BelayError `ARTIFACT_MISSING`, `ARTIFACT_CHANGED` where anything is not as it was stored
   */
  check(artifact: Digest, signal: AbortSignal): Promise<StoredArtifact>;
}

export interface StoredArtifact {
  readonly digest: Digest;
  readonly files: number;
  readonly bytes: number;
}

/** Sorted by path. The digest is sha256 over its canonical JSON: content and modes, not times or owners. */
export interface ArtifactManifest {
  readonly manifestVersion: 1;
  readonly entries: readonly ManifestEntry[];
}

export type ManifestEntry =
  | {
      readonly type: 'file';
      readonly path: string;
      readonly executable: boolean;
      readonly bytes: number;
      readonly sha256: string;
    }
  | { readonly type: 'link'; readonly path: string; readonly to: string };

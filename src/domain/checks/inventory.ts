import type { Digest } from '../revision';

/** Everything that must be looked at, found before any scanner starts. Paths are relative, sorted, with `/`. */
export interface Inventory {
  /** sha256 over the canonical list: the same content has the same one. */
  readonly digest: Digest;
  readonly files: readonly InventoryFile[];
  readonly links: readonly { readonly path: string; readonly to: string }[];
  /** What could not be listed, and why: each is a hole in every scan. */
  readonly unlisted: readonly { readonly path: string; readonly reason: string }[];
  /** What is left out on purpose (`.git/objects`), said in every report. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

export interface InventoryFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly executable: boolean;
  readonly kind: FileKind;
}

/**
 * What a file is for the checks: by its name, and by its first bytes where the name does not say. `binary` has a zero
 * byte in its head and no mark of a 16-bit text.
 */
export const FILE_KINDS = [
  'javascript',
  'typescript',
  'json',
  'yaml',
  'terraform',
  'cloudformation',
  'task-definition',
  'dockerfile',
  'npm-manifest',
  'npm-lockfile',
  'uv-lockfile',
  'poetry-lockfile',
  'requirements',
  'html',
  'css',
  'oci-layout',
  'archive',
  'text',
  'binary',
] as const;

export type FileKind = (typeof FILE_KINDS)[number];

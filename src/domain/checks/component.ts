/** One package that a lockfile pins or that lies installed in the tree. Plain data; it crosses threads. */
export interface Component {
  readonly ecosystem: Ecosystem;
  /** As the registry knows it: PyPI names are normalised. */
  readonly name: string;
  readonly version: string;
  /** Package URL without qualifiers: `pkg:npm/%40scope/name@1.0.0`. */
  readonly purl: string;
  /** Relative path of the file that names it (a lockfile, or its own package.json), and the line, from 1, where that was cheap to tell. */
  readonly lockfile: string;
  readonly line: number | null;
  readonly source: ComponentSource;
  /** What its archive must hash to; empty: the lockfile does not say. */
  readonly hashes: readonly ComponentHash[];
  /** As the lockfile writes it; null: it does not say. */
  readonly licence: string | null;
  /** Whether it is an expression of licences that SPDX knows. */
  readonly licenceIsSpdx: boolean;
  readonly dev: boolean;
  readonly hasInstallScript: boolean;
  /** Named by the manifest itself, not by another package. */
  readonly direct: boolean;
  /** The lockfile's own note that it is deprecated. */
  readonly deprecated: boolean;
}

export const ECOSYSTEMS = ['npm', 'PyPI'] as const;
export type Ecosystem = (typeof ECOSYSTEMS)[number];

/** Where the lockfile takes it from. `host` is null where only the configured registry can be meant. */
export type ComponentSource =
  | { readonly kind: 'registry'; readonly host: string | null; readonly secure: boolean }
  /** An archive whose address names another package or version than the entry does. */
  | { readonly kind: 'mismatch'; readonly host: string | null }
  /** `pinned`: to one commit. */
  | { readonly kind: 'git'; readonly pinned: boolean }
  | { readonly kind: 'file' }
  /** Lies in the tree; nothing says where it came from. */
  | { readonly kind: 'installed' }
  /** Comes inside of another package's archive. */
  | { readonly kind: 'bundled' };

export interface ComponentHash {
  readonly algorithm: HashAlgorithm;
  readonly hex: string;
}

export const HASH_ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

import type { Component } from '../../../domain/checks/component';

/** What a lockfile says. */
export interface Lockfile {
  readonly path: string;
  /** `npm-installed`: what npm noted beside what it installed. `installed`: what lies there, noted or not. */
  readonly kind: 'npm' | 'npm-installed' | 'installed' | 'uv' | 'poetry' | 'requirements';
  readonly components: readonly Component[];
  /** Entries that name no package or no version that a registry could know. */
  readonly unnamed: readonly UnnamedEntry[];
  /** What the root and each workspace asked for when it was written, by folder; null: it does not say. */
  readonly manifests: Readonly<Record<string, DeclaredDependencies>> | null;
  /** Of an npm lockfile: the version that stands at each place of the tree (`node_modules/a`); of version 1 at the top only. */
  readonly places: Readonly<Record<string, PlacedVersion>>;
  /** Only of requirements: what makes an installation depend on more than the file. */
  readonly loose: readonly LooseLine[];
}

export interface PlacedVersion {
  readonly name: string;
  /** Null for a link or where it is no version. */
  readonly version: string | null;
}

export interface UnnamedEntry {
  readonly line: number | null;
  /** `no-version`: it comes from git, a folder or an address, which no advisory speaks of. */
  readonly why: 'no-version' | 'broken-version' | 'no-name';
}

export interface LooseLine {
  readonly line: number;
  readonly why:
    | 'unpinned'
    | 'unhashed'
    | 'weak-hash'
    | 'address'
    | 'insecure-address'
    | 'other-index'
    | 'trusted-host'
    | 'unreadable';
  readonly name: string | null;
}

/** By kind, from name to range. */
export interface DeclaredDependencies {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** Malformed: it is no lockfile of this kind, whatever its name says. The reason quotes nothing of it. */
export type LockfileOrNot =
  | { readonly kind: 'read'; readonly lockfile: Lockfile }
  | { readonly kind: 'malformed'; readonly reason: string };

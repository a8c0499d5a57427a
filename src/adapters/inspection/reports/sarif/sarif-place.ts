import { posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { listOf, numberOf, objectOf, textOf, type Json } from '../json-value';

export interface SarifPlace {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** From 1. */
  readonly line: number | null;
  readonly column: number | null;
}

/** The folder that was scanned: as it was named, and as the system names it. */
type Roots = readonly string[];

const LONGEST_PATH = 1_000;

/** The first place of a result, where it lies inside of the root; null for any other. */
export function placeOf(result: Json, run: Json, roots: Roots): SarifPlace | null {
  const physical = objectOf(objectOf(listOf(result['locations'])?.[0])?.['physicalLocation']);
  const location = artifactLocation(objectOf(physical?.['artifactLocation']), run);
  const path = relativePath(location, run, roots);
  const region = objectOf(physical?.['region']);
  return path === null
    ? null
    : {
        path,
        line: positive(region?.['startLine']),
        column: positive(region?.['startColumn']),
      };
}

/** A location may only point into the list of the run's files. */
function artifactLocation(location: Json | null, run: Json): Json | null {
  if (textOf(location?.['uri']) !== null) return location;
  const index = numberOf(location?.['index']);
  const artifact = index === null ? null : objectOf(listOf(run['artifacts'])?.[index]);
  return objectOf(artifact?.['location']);
}

function relativePath(location: Json | null, run: Json, roots: Roots): string | null {
  const uri = textOf(location?.['uri']) ?? '';
  const base = baseOf(textOf(location?.['uriBaseId']), run);
  const path = pathOf(uri, base, roots);
  return path === null || path.length > LONGEST_PATH ? null : normalised(path);
}

/** Null for what leaves the root, and for names that no report should show. */
function normalised(path: string): string | null {
  if (path === '' || /[\p{Cc}\p{Cf}\\]/u.test(path)) return null;
  const normal = posix.normalize(path).replace(/\/$/, '');
  const escapes = ['.', '..', ''].includes(normal) || /^(?:\.\.)?\//.test(normal);
  return escapes ? null : normal;
}

function baseOf(id: string | null, run: Json): string | null {
  if (id === null) return null;
  return textOf(objectOf(objectOf(run['originalUriBaseIds'])?.[id])?.['uri']);
}

/** Relative where it is inside of the root or says nothing about where it is; absolute or null otherwise. */
function pathOf(uri: string, base: string | null, roots: Roots): string | null {
  try {
    if (posix.isAbsolute(uri)) return within(roots, uri);
    if (/^file:/i.test(uri)) return within(roots, fileURLToPath(uri));
    if (/^[a-z][a-z0-9+.-]{0,40}:/i.test(uri)) return null;
    if (base !== null && /^file:\/\//i.test(base) && !isRootless(base))
      return within(roots, fileURLToPath(new URL(uri, withSlash(base))));
    return decodeURIComponent(uri);
  } catch {
    return null;
  }
}

/** `file:///` alone: some tools write it where they mean the folder that they looked at. */
function isRootless(base: string): boolean {
  return base === 'file:///' || base === pathToFileURL('/').href;
}

function withSlash(base: string): string {
  return base.endsWith('/') ? base : `${base}/`;
}

function within(roots: Roots, path: string): string | null {
  const normal = posix.normalize(path);
  const root = roots.map(withSlash).find((start) => normal.startsWith(start));
  return root === undefined ? null : normal.slice(root.length);
}

function positive(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && Number.isInteger(number) && number > 0 ? number : null;
}

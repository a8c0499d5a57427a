import { posix } from 'node:path';
import type { InventoryFile } from '../../../domain/checks/inventory';
import type { Problem } from '../../../domain/checks/validation';
import type { Reference } from './reference';

export interface Shipped {
  readonly byPath: ReadonlyMap<string, InventoryFile>;
  /** Paths of files and links in lower case. */
  readonly lowerCase: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
}

/** What is wrong with a reference of this file; null: nothing, or it means nothing on the disk. */
export function referenceProblem(
  from: string,
  reference: Reference,
  shipped: Shipped,
): Problem | null {
  const target = localTarget(reference.target);
  if (target === null) return null;
  const location = { path: from, line: reference.line };
  const places = placesOf(from, target);
  const found = places.find((place) => isThere(place, shipped));
  if (found !== undefined) return emptyProblem(shipped.byPath.get(found), location);
  const name = shownTarget(target);
  if (places.some((place) => shipped.lowerCase.has(place.toLowerCase())))
    return {
      rule: 'assets/wrong-case',
      severity: 'high',
      title: `refers to ${name}, whose name is written otherwise`,
      location,
    };
  // Where the server decides what a path means, the file may come from elsewhere.
  const isSure = !target.startsWith('/') && !reference.isFloating;
  return {
    rule: 'assets/missing-file',
    severity: isSure ? 'high' : 'medium',
    title: `refers to ${name}, which is not in the folder`,
    location,
  };
}

const MOST_CHARACTERS = 2_000;
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]{0,30}:|\/\/|#|\?|~)/i;
const TEMPLATE = /\{\{|\$\{|<%|\{%|\[\[|@\{|%[A-Z_]{2,40}%|^\{/;

function localTarget(written: string): string | null {
  const trimmed = written.trim();
  if (trimmed === '' || trimmed.length > MOST_CHARACTERS) return null;
  if (ELSEWHERE.test(trimmed) || TEMPLATE.test(trimmed)) return null;
  const path = trimmed.split(/[?#]/, 1)[0] ?? '';
  try {
    return path === '' ? null : decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Where it may lie: a relative one beside its file, one from `/` in any folder above it. A browser cannot go above. */
function placesOf(from: string, target: string): readonly string[] {
  const folder = posix.dirname(from);
  if (!target.startsWith('/')) {
    const place = posix.join('/', folder, target);
    return [place.slice(1)];
  }
  const places: string[] = [];
  for (let base = folder; ; base = posix.dirname(base)) {
    places.push(posix.join('/', base, target).slice(1));
    if (base === '.' || base === '/') return places;
  }
}

function isThere(place: string, { byPath, links }: Shipped): boolean {
  if (place === '' || byPath.has(place) || links.has(place)) return true;
  for (let base = posix.dirname(place); base !== '.' && base !== '/'; base = posix.dirname(base))
    if (links.has(base)) return true;
  return byPath.has(`${place.replace(/\/$/, '')}/index.html`);
}

function emptyProblem(
  file: InventoryFile | undefined,
  location: Problem['location'],
): Problem | null {
  if (file?.bytes !== 0) return null;
  // A style sheet or a script without content is what a bundler makes of nothing; a picture is not.
  const severity = /\.(?:css|m?js)$/.test(file.path) ? 'low' : 'high';
  return {
    rule: 'assets/empty-file',
    severity,
    title: `refers to ${shownTarget(file.path)}, which is empty`,
    location,
  };
}

/** Only what looks like a plain path is repeated. */
function shownTarget(target: string): string {
  return /^[\w@./+ -]{1,120}$/.test(target) ? target : 'a file';
}

import { formatCount } from '../../../domain/format/count';
import { errorCode } from '../../error-code';
import { shownPath } from './shown-path';

export interface Hole {
  readonly path: string;
  readonly reason: string;
}

export const CHANGED = 'it changed while it was read';

/** Collects what could not be listed; beyond `most` it only counts. */
export interface Holes {
  add(path: string, reason: string): void;
  /** Sorted by path. */
  all(): readonly Hole[];
}

export function createHoles(most: number): Holes {
  const named: Hole[] = [];
  let others = 0;
  return {
    add(path, reason) {
      if (named.length < most) named.push({ path: shownPath(path), reason });
      else others += 1;
    },
    all() {
      const sorted = named.sort((one, other) => (one.path < other.path ? -1 : 1));
      if (others === 0) return sorted;
      return [...sorted, { path: '.', reason: `${formatCount(others)} more are not named here` }];
    },
  };
}

/** Why the system did not let us look; never its own words, which hold absolute paths. */
export function holeReason(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'it may not be read';
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
      return CHANGED;
    case 'ENAMETOOLONG':
      return 'its path is too long for this system';
    default:
      return `it cannot be read (${code ?? 'no reason given'})`;
  }
}

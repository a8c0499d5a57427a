import { DEMO, SPECIFICATION } from './criteria.mjs';
import { KINDS } from './kinds.mjs';

/** The generator of the shop's defects wants a seed above 0. */
const firstSeed = 20_261;

/**
 * Every run, the long ones first: the lanes take them one after the other, and end at about the same time.
 *
 * @param {{runs: number, specRuns: number}} counts of each kind
 * @returns {readonly Planned[]}
 * @typedef {{label: string, kind: import('./kinds.mjs').Kind, criteria: import('./criteria.mjs').Criteria, seed: number}} Planned
 */
export function scheduleOf({ runs, specRuns }) {
  // The two that take five minutes before those that take one.
  const longFirst = KINDS.toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)));
  return [...rounds(specRuns, longFirst, SPECIFICATION), ...rounds(runs, KINDS, DEMO)];
}

function isLong({ fault }) {
  return fault === 'slow' || fault === 'none';
}

function rounds(count, kinds, criteria) {
  const all = kinds.map((kind) =>
    Array.from({ length: count }, (_, index) => ({
      label: `${criteria.name}-${kind.fault}-${index + 1}`,
      ...{ kind, criteria },
      seed: firstSeed + index,
    })),
  );
  if (criteria === SPECIFICATION) return all.flat();
  return Array.from({ length: count }, (_, index) => all.map((runs) => runs[index])).flat();
}

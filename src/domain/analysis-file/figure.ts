import type { Structure } from './structure';

/** A number of a recording: true, or why it cannot be. */
export type Figure =
  | { readonly kind: 'sound'; readonly value: number }
  | { readonly kind: 'fault'; readonly reason: string };

/** As a recording may have them bare, which no JSON has. */
const NO_NUMBERS: readonly string[] = ['NaN', 'Infinity', '-Infinity'];

/** Recordings write what is no number in several ways; something else in its place is no recording. */
export function figureAt(value: unknown, path: string, structure: Structure): Figure {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { kind: 'sound', value } : fault('is no finite number');
  }
  if (value === null) return fault('is null, not a number');
  if (typeof value === 'string')
    return fault(NO_NUMBERS.includes(value) ? `is ${value}` : 'is a text, not a number');
  structure.refuse(path, value === undefined ? 'is missing' : 'is no number');
  return fault('is no number');
}

/** A whole number of 0 or more. */
export function countAt(value: unknown, path: string, structure: Structure): Figure {
  const figure = figureAt(value, path, structure);
  if (figure.kind === 'fault') return figure;
  if (figure.value < 0) return fault('is negative');
  return Number.isSafeInteger(figure.value) ? figure : fault('is no whole number');
}

function fault(reason: string): Figure {
  return { kind: 'fault', reason };
}

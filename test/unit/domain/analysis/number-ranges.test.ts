import fc from 'fast-check';
import { addToRanges, rangesContain } from '../../../../src/domain/analysis/number-ranges';
import type { NumberRange } from '../../../../src/domain/analysis/number-ranges';

const addAll = (numbers: readonly number[]): readonly NumberRange[] =>
  numbers.reduce<readonly NumberRange[]>(addToRanges, []);

describe('number ranges', () => {
  test('join where they touch', () => {
    expect(addAll([5, 1, 2, 9, 3, 4])).toEqual([
      [1, 5],
      [9, 9],
    ]);
  });

  test('contain exactly what was added, in any order', () => {
    const numbers = fc.array(fc.nat(100), { maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.nat(100), (added, asked) => {
        const ranges = addAll(added);
        expect(rangesContain(ranges, asked)).toBe(added.includes(asked));
        expect(addAll(added.toReversed())).toEqual(ranges);
      }),
    );
  });

  test('stay bounded, and close the oldest gap first', () => {
    const ranges = addAll(Array.from({ length: 500 }, (_, index) => index * 2));
    expect(ranges).toHaveLength(64);
    expect(ranges.at(-1)).toEqual([998, 998]);
    expect(ranges[0]?.[0]).toBe(0);
  });
});

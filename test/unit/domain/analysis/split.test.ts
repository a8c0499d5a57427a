import { judgeAll } from '../../../../src/domain/analysis/judge';
import type { Window } from '../../../../src/domain/analysis/window';
import { arm, judgeConfig, windowAt } from '../support/windows';

/** Requests that are dealt out by chance: the same seed, the same windows. */
function dealt(weight: number, of: Dealing): readonly Window[] {
  const random = mulberry32(of.seed);
  return Array.from({ length: of.seconds }, (_, number) => {
    const rolls = Array.from({ length: of.perSecond }, () => 100 * random());
    const candidate = rolls.filter((roll) => roll < of.actual).length;
    return {
      ...windowAt(number, arm(candidate), arm(of.perSecond - candidate)),
      candidateWeight: weight,
    };
  });
}

interface Dealing {
  readonly actual: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly seed: number;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('the evidence against the split', () => {
  test.each([5, 50])(
    'stays quiet however often one looks, at %s %%, where chance deals',
    (weight) => {
      const wrong = Array.from({ length: 60 }, (_, seed) => {
        const windows = dealt(weight, { actual: weight, perSecond: 50, seconds: 60, seed });
        return [6, 12, 20, 30, 45, 60].some(
          (seconds) => judgeAll(judgeConfig(), windows.slice(0, seconds)).verdict.rule === 'split',
        );
      }).filter(Boolean);
      expect(wrong).toHaveLength(0);
    },
  );

  test.each([
    [10, 5],
    [10, 20],
    [50, 30],
    [5, 10],
  ])('finds weights of %s %% that bring %s %% within a minute', (weight, actual) => {
    for (let seed = 0; seed < 10; seed += 1) {
      const windows = dealt(weight, { actual, perSecond: 50, seconds: 60, seed });
      expect(judgeAll(judgeConfig(), windows).verdict).toMatchObject({
        kind: 'no-data',
        rule: 'split',
      });
    }
  });

  test('minds no deviation that makes no difference', () => {
    const windows = dealt(50, { actual: 53, perSecond: 100, seconds: 300, seed: 1 });
    expect(judgeAll(judgeConfig(), windows).verdict.kind).toBe('safe');
  });
});

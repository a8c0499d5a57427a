import fc from 'fast-check';
import { SmoothWeights } from '../../../src/platform/router/smooth-weights';

const all = (): boolean => true;

describe('smooth weighted round robin', () => {
  test('5/95 gives exactly one in twenty, evenly spread', () => {
    const weights = new SmoothWeights();
    weights.set({ stable: 95, candidate: 5 });
    const picks = Array.from({ length: 1_200 }, () => weights.pick(all));
    expect(picks.filter((pick) => pick === 'candidate')).toHaveLength(60);
    for (let from = 0; from + 20 <= picks.length; from += 20) {
      expect(picks.slice(from, from + 20).filter((pick) => pick === 'candidate')).toHaveLength(1);
    }
  });

  test('every split is exact over a hundred picks, and never off by more than one on the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (candidate) => {
        const weights = new SmoothWeights();
        weights.set({ stable: 100 - candidate, candidate });
        let seen = 0;
        for (let picks = 1; picks <= 100; picks += 1) {
          if (weights.pick(all) === 'candidate') seen += 1;
          expect(Math.abs(seen - (picks * candidate) / 100)).toBeLessThanOrEqual(1);
        }
        expect(seen).toBe(candidate);
      }),
    );
  });

  test('a weight of zero is never picked and never shown', () => {
    const weights = new SmoothWeights();
    weights.set({ stable: 100, candidate: 0 });
    expect(weights.commanded()).toEqual({ stable: 100 });
    expect(Array.from({ length: 50 }, () => weights.pick(all))).not.toContain('candidate');
  });

  test('those that cannot serve are left out, and the rest keep their proportion', () => {
    const weights = new SmoothWeights();
    weights.set({ a: 60, b: 20, c: 20 });
    const canServe = (revision: string): boolean => revision !== 'c';
    expect(weights.observed(canServe)).toEqual({ a: 75, b: 25 });
    const picks = Array.from({ length: 80 }, () => weights.pick(canServe));
    expect(picks.filter((pick) => pick === 'b')).toHaveLength(20);
    expect(weights.pick(() => false)).toBeNull();
    expect(weights.observed(() => false)).toEqual({});
  });

  test('a change forgets what went before: 100 % means every pick from the next one on', () => {
    const weights = new SmoothWeights();
    weights.set({ stable: 5, candidate: 95 });
    for (let picks = 0; picks < 7; picks += 1) weights.pick(all);
    weights.set({ stable: 100 });
    expect(Array.from({ length: 20 }, () => weights.pick(all))).toEqual(Array(20).fill('stable'));
  });

  test('without weights nothing is picked', () => {
    const weights = new SmoothWeights();
    weights.set({});
    expect(weights.isEmpty).toBe(true);
    expect(weights.pick(all)).toBeNull();
  });
});

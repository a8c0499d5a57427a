import { MOMENTS } from '../../../bench/rollback/moments.mjs';
import { lacking, nextMoment, quotasOf } from '../../../bench/rollback/quotas.mjs';
import { seededRandom } from '../../../bench/rollback/seeded-random.mjs';

describe('which moment is aimed at', () => {
  it('gives every moment the same share, and what is left over to the first', () => {
    expect(quotasOf(300)).toEqual({ shift: 60, settle: 60, bake: 60, ask: 60, warm: 60 });
    expect(quotasOf(7)).toEqual({ shift: 2, settle: 2, bake: 1, ask: 1, warm: 1 });
  });

  it('is always one that lacks the most, and none when all are met', () => {
    const quotas = quotasOf(10);
    const measured = MOMENTS.filter((moment) => moment !== 'ask').map((moment) => ({ moment }));
    expect(nextMoment(quotas, measured, seededRandom(1))).toBe('ask');
    const all = [...MOMENTS, ...MOMENTS].map((moment) => ({ moment }));
    expect(nextMoment(quotas, all, seededRandom(1))).toBeNull();
  });

  it('tries a missed moment again, whatever else was met instead', () => {
    const measured = Array.from({ length: 9 }, () => ({ moment: 'bake' as const }));
    expect(lacking(quotasOf(5), measured)).toBe(4);
    expect(nextMoment(quotasOf(5), measured, seededRandom(1))).not.toBe('bake');
  });

  it('is drawn by a seed: the same again, and another with another', () => {
    const drawn = (seed: number): readonly number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 100 }, () => random());
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    expect(Math.min(...drawn(7))).toBeLessThan(0.1);
    expect(Math.max(...drawn(7))).toBeGreaterThan(0.9);
    expect(drawn(7).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});

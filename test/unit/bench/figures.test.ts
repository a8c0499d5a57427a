import { figuresOf, GOALS, percentile, type Measured } from '../../../bench/rollback/figures.mjs';

describe('figures of the rollback benchmark', () => {
  const measured: readonly Measured[] = [
    { moment: 'shift', rollbackMs: 120, revision: 'a', startedAtMs: 1_000 },
    { moment: 'shift', rollbackMs: 300, revision: 'b', startedAtMs: 2_000 },
    { moment: 'warm', rollbackMs: 90, revision: 'c', startedAtMs: 3_000 },
  ];
  const lastStartMs = new Map([
    ['a', 1_450],
    ['b', 1_900],
  ]);
  const load = { requests: 500, failedByRouter: 0, lastStartMs };

  it('are over all rollbacks, and by moment', () => {
    expect(figuresOf({ measured, load, complete: true })).toEqual({
      rollbacks: 3,
      p50Ms: 120,
      p99Ms: 300,
      maxMs: 300,
      p99ShiftMs: 300,
      p99SettleMs: null,
      p99BakeMs: null,
      p99AskMs: null,
      p99WarmMs: 90,
      clientP99Ms: 450,
      clientUnexposed: 2,
      requests: 500,
      failedByRouter: 0,
    });
  });

  it('are null over all where fewer were measured than asked for', () => {
    const figures = figuresOf({ measured, load, complete: false });
    expect(figures).toMatchObject({ rollbacks: 3, p50Ms: null, p99Ms: null, clientP99Ms: null });
    expect(figures).toMatchObject({ p99ShiftMs: 300, failedByRouter: 0 });
  });

  it('meet the goal only below a second', () => {
    expect(GOALS['p99Ms']?.max).toBeLessThan(1_000);
    expect(GOALS['p99Ms']?.max).toBeGreaterThan(999);
    expect(GOALS['failedByRouter']).toEqual({ max: 0 });
  });

  it('take a percentile that is one of the values', () => {
    const values = Array.from({ length: 300 }, (_, index) => 300 - index);
    expect(percentile(values, 50)).toBe(150);
    expect(percentile(values, 99)).toBe(297);
    expect(percentile(values, 100)).toBe(300);
    expect(percentile([], 99)).toBeNull();
  });
});

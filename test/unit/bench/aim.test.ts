import { aim } from '../../../bench/rollback/aim.mjs';
import { MOMENTS } from '../../../bench/rollback/moments.mjs';

const now = { nowMs: 100_000, sinceMs: 99_800, cliMs: 700 };
const lots = [0, 0.25, 0.5, 0.75, 0.999];

describe('when the command is started', () => {
  it.each(MOMENTS)('never lies in the past (%s)', (moment) => {
    for (const lot of lots) {
      const { startAtMs, promote } = aim({ ...now, moment, random: () => lot });
      expect(startAtMs).toBeGreaterThanOrEqual(now.nowMs);
      expect(promote?.atMs ?? Infinity).toBeGreaterThanOrEqual(now.nowMs);
    }
  });

  it('lets a bake get past its settling before the decision comes', () => {
    for (const lot of lots) {
      const { startAtMs } = aim({ ...now, moment: 'bake', random: () => lot });
      expect(startAtMs + now.cliMs).toBeGreaterThanOrEqual(now.sinceMs + 1_000);
    }
  });

  it('has shifts under way when the decision is expected', () => {
    const slow = { ...now, cliMs: 3_000, random: () => 0.5 };
    const burst = aim({ ...slow, moment: 'shift' });
    expect(burst.promote?.everyMs).toBe(0);
    expect(burst.startAtMs + slow.cliMs - (burst.promote?.atMs ?? 0)).toBe(250);
    const series = aim({ ...slow, moment: 'settle' });
    expect(series.promote?.everyMs).toBeGreaterThan(500);
    expect(series.promote?.everyMs).toBeLessThan(1_000);
  });

  it('is spread by lot', () => {
    const starts = lots.map(
      (lot) => aim({ ...now, moment: 'warm', random: () => lot }).startAtMs - now.nowMs,
    );
    expect(new Set(starts).size).toBe(lots.length);
    expect(Math.max(...starts)).toBeGreaterThan(900);
  });
});

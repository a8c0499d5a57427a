import { sinceOf } from '../../../src/cli/since';

const NOW_MS = Date.UTC(2026, 10, 23, 10);

describe('since', () => {
  test.each([
    ['7d', '2026-11-16T10:00:00.000Z'],
    ['12h', '2026-11-22T22:00:00.000Z'],
    ['1.5h', '2026-11-23T08:30:00.000Z'],
    ['30m', '2026-11-23T09:30:00.000Z'],
    ['2w', '2026-11-09T10:00:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T08:15', '2026-11-01T08:15:00.000Z'],
    ['2026-11-01T08:15:30Z', '2026-11-01T08:15:30.000Z'],
    ['2026-11-01T08:15+02:00', '2026-11-01T06:15:00.000Z'],
  ])('%s is %s', (text, moment) => {
    const ms = sinceOf(text, NOW_MS);
    expect(ms === null ? null : new Date(ms).toISOString()).toBe(moment);
  });

  test.each(['', 'yesterday', '7', '-7d', '7y', '2026-13-01', '2026-11', '11/01/2026', '7d ago'])(
    '"%s" is no moment',
    (text) => {
      expect(sinceOf(text, NOW_MS)).toBeNull();
    },
  );
});

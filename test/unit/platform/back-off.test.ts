import { BackOff } from '../../../src/platform/supervisor/back-off';

describe('restart delays', () => {
  test('begin at 100 ms, double, and end at 30 s', () => {
    const backOff = new BackOff();
    const delays = Array.from({ length: 12 }, () => backOff.nextDelayMs(0));
    expect(delays.slice(0, 5)).toEqual([100, 200, 400, 800, 1_600]);
    expect(delays.slice(-2)).toEqual([30_000, 30_000]);
  });

  test('begin anew after the process was healthy for a while, not after a moment', () => {
    const backOff = new BackOff();
    for (let crash = 0; crash < 5; crash += 1) backOff.nextDelayMs(0);
    expect(backOff.nextDelayMs(500)).toBe(3_200);
    expect(backOff.nextDelayMs(10_000)).toBe(100);
  });
});

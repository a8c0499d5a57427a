/** The file speaks seconds; everything inside speaks milliseconds. This is the only place that converts. */
export function secondsToMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** For messages: `2` for 2000, `1.5` for 1500. */
export function msToSeconds(durationMs: number): number {
  return durationMs / 1000;
}

/** 0.995 becomes 99.5: what somebody who wrote a fraction meant in percent. */
export function fractionToPercent(fraction: number): number {
  return Number((fraction * 100).toPrecision(12));
}

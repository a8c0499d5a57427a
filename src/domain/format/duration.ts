import { formatDecimal } from './decimal';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** For people, two units at most: `250 ms`, `1.5 s`, `20 s`, `1 m 20 s`, `2 h 5 m`, `3 d`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < SECOND_MS) return `${ms} ms`;
  if (ms < 10 * SECOND_MS) return `${formatDecimal(ms / SECOND_MS, 1)} s`;
  const rounded = Math.round(ms / SECOND_MS) * SECOND_MS;
  if (rounded < MINUTE_MS) return `${rounded / SECOND_MS} s`;
  if (rounded < HOUR_MS) return twoUnits(rounded, [MINUTE_MS, 'm'], [SECOND_MS, 's']);
  if (rounded < DAY_MS) return twoUnits(rounded, [HOUR_MS, 'h'], [MINUTE_MS, 'm']);
  return twoUnits(rounded, [DAY_MS, 'd'], [HOUR_MS, 'h']);
}

/** A configured duration in the unit of the configuration: `300 s`, `1.5 s`. */
export function formatSeconds(durationMs: number): string {
  return `${formatDecimal(durationMs / SECOND_MS, 3)} s`;
}

type Unit = readonly [ms: number, name: string];

function twoUnits(ms: number, large: Unit, small: Unit): string {
  const big = Math.floor(ms / large[0]);
  const rest = Math.floor((ms - big * large[0]) / small[0]);
  return rest === 0 ? `${big} ${large[1]}` : `${big} ${large[1]} ${rest} ${small[1]}`;
}

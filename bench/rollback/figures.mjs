import { MOMENTS } from './moments.mjs';

/** Strictly below a second. */
export const GOALS = { p99Ms: { max: 999.999 }, failedByRouter: { max: 0 } };

/**
 * @param {{measured: readonly Measured[], load: {requests: number, failedByRouter: number, lastStartMs: ReadonlyMap<string, number>}, complete: boolean}} results
 *   without `complete` fewer were measured than asked for, and no figure speaks for all of them
 * @typedef {{moment: string, rollbackMs: number, revision: string, startedAtMs: number}} Measured `startedAtMs`: when
 *   the process `belay rollback` was started
 */
export function figuresOf({ measured, load, complete }) {
  const whole = complete ? measured : [];
  const times = whole.map(({ rollbackMs }) => rollbackMs);
  const clientTimes = whole.map((one) => clientMs(one, load.lastStartMs));
  return {
    rollbacks: measured.length,
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    maxMs: percentile(times, 100),
    ...Object.fromEntries(MOMENTS.map((moment) => [keyOf(moment), p99Of(moment, measured)])),
    clientP99Ms: percentile(clientTimes, 99),
    clientUnexposed: measured.filter((one) => clientMs(one, load.lastStartMs) === 0).length,
    requests: load.requests,
    failedByRouter: load.failedByRouter,
  };
}

/** The smallest value that at least so many percent of all do not exceed; null where there is none. */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
}

/** Until the start of the last request that the candidate answered; 0 where it answered none after the command. */
function clientMs({ revision, startedAtMs }, lastStartMs) {
  return Math.max(0, (lastStartMs.get(revision) ?? 0) - startedAtMs);
}

function p99Of(moment, measured) {
  const times = measured.filter((one) => one.moment === moment).map(({ rollbackMs }) => rollbackMs);
  return percentile(times, 99);
}

function keyOf(moment) {
  return `p99${moment[0].toUpperCase()}${moment.slice(1)}Ms`;
}

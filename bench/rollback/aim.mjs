import { SETTLE_MS } from './moments.mjs';

/** Shifts follow each other from so long before the decision is expected. */
const BURST_BEFORE_MS = 250;
/** Shifts so far apart that nearly all of the time belongs to settling. */
const SETTLED_EVERY_MS = 930;
const SERIES_BEFORE_MS = 1_500;
const BAKE_SPREAD_MS = 2_000;
const WAIT_SPREAD_MS = 1_000;

/**
 * When to start `belay rollback`, and from when on to promote, one shift a promotion, so that the decision meets its
 * moment. Epoch ms.
 *
 * @param {{moment: string, sinceMs: number, nowMs: number, cliMs: number, random: () => number}} options `sinceMs`: when
 *   the state that this moment needs began; `cliMs`: from starting the command to its decision, as far as one can tell
 * @returns {{startAtMs: number, promote: {atMs: number, everyMs: number} | null}}
 */
export function aim({ moment, sinceMs, nowMs, cliMs, random }) {
  const startAtMs = nowMs + random() * WAIT_SPREAD_MS;
  switch (moment) {
    case 'shift': {
      const atMs = startAtMs + cliMs - BURST_BEFORE_MS;
      return { startAtMs, promote: { atMs: Math.max(nowMs, atMs), everyMs: 0 } };
    }
    case 'settle': {
      const atMs = startAtMs + cliMs - SERIES_BEFORE_MS;
      return { startAtMs, promote: { atMs: Math.max(nowMs, atMs), everyMs: SETTLED_EVERY_MS } };
    }
    case 'bake': {
      const issueAtMs = sinceMs + SETTLE_MS + random() * BAKE_SPREAD_MS;
      return { startAtMs: Math.max(nowMs, issueAtMs - cliMs), promote: null };
    }
    default:
      return { startAtMs, promote: null };
  }
}

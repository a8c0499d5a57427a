import type { QueueResult } from '../../../ports/traffic-router';

/** The time in which new requests wait, as arithmetic: nothing is counted, only how many came and how long they stood. */
export interface Gap {
  mostWaitMs: number;
  /** Arrivals, oldest first; each rate holds until the next one. */
  readonly rates: { readonly fromMs: number; readonly requestsPerSecond: number }[];
  /** Who came before this has been answered 503. */
  refusedUntilMs: number;
  longestMs: number;
}

export const NO_GAP: QueueResult = { queued: 0, longestMs: 0, refused: 0 };

export function openGap(atMs: number, requestsPerSecond: number): Gap {
  return {
    mostWaitMs: 0,
    rates: [{ fromMs: atMs, requestsPerSecond }],
    refusedUntilMs: atMs,
    longestMs: 0,
  };
}

export function setMostWait(gap: Gap, atMs: number, mostWaitMs: number): void {
  const isNew = gap.mostWaitMs === 0;
  if (!isNew) passTime(gap, atMs);
  gap.mostWaitMs = mostWaitMs;
}

export function changeArrivals(gap: Gap, atMs: number, requestsPerSecond: number): void {
  gap.rates.push({ fromMs: atMs, requestsPerSecond });
}

/** What it was like, from its beginning until now. */
export function gapResult(gap: Gap, atMs: number): QueueResult {
  passTime(gap, atMs);
  const openedMs = gap.rates[0]?.fromMs ?? atMs;
  const queued = whole(arrived(gap, openedMs, atMs));
  const refused = whole(arrived(gap, openedMs, gap.refusedUntilMs));
  return { queued, longestMs: queued === 0 ? 0 : gap.longestMs, refused };
}

/** Those whose time is over go; the oldest of the others shows how long a wait has been. */
function passTime(gap: Gap, atMs: number): void {
  const oldestMs = firstArrivalAfter(gap, gap.refusedUntilMs);
  gap.longestMs = Math.max(gap.longestMs, Math.min(gap.mostWaitMs, Math.max(0, atMs - oldestMs)));
  gap.refusedUntilMs = Math.max(gap.refusedUntilMs, atMs - gap.mostWaitMs);
}

function firstArrivalAfter(gap: Gap, fromMs: number): number {
  const index = gap.rates.findIndex(
    ({ requestsPerSecond }, at) =>
      requestsPerSecond > 0 && (gap.rates[at + 1]?.fromMs ?? Infinity) > fromMs,
  );
  return Math.max(fromMs, gap.rates[index]?.fromMs ?? Infinity);
}

function arrived(gap: Gap, fromMs: number, toMs: number): number {
  return gap.rates.reduce((sum, { fromMs: since, requestsPerSecond }, at) => {
    const until = gap.rates[at + 1]?.fromMs ?? Infinity;
    const ms = Math.max(0, Math.min(until, toMs) - Math.max(since, fromMs));
    return sum + (requestsPerSecond * ms) / 1_000;
  }, 0);
}

/** A sum like 2.9999999 is 3. */
function whole(count: number): number {
  return Math.floor(count + 1e-6);
}

import { hasFailed, waitedMs } from '../../tools/load/classify.mjs';

/** A shop that is well answers in milliseconds; one that is slow by 3 s is far beyond. */
export const SLOW_MS = 2_000;

/** Whether its client got a wrong answer, none, or a slow one. */
export function isFaulty(record) {
  return hasFailed(record) || waitedMs(record) >= SLOW_MS;
}

/** How much later than the clock asked for it the load client sent it. */
export function lateMs({ dueAtMs, startedAtMs }) {
  return startedAtMs - dueAtMs;
}

/**
 * What clients had of a candidate. What the router answered because an instance broke off belongs to the candidate, too:
 * nobody else breaks off.
 *
 * @param {readonly import('../../tools/load/load.mjs').LoadRecord[]} faulty
 * @param {{revision: string, onAtMs: number, offAtMs: number | null, endedAtMs: number, exitAtMs: number | null}} run
 *   `exitAtMs`: when its first process ended; null where none did
 * @returns {{firstAtMs: number | null, exposed: number, afterOff: number}} `firstAtMs`: the first faulty answer, or the
 *   first process that ended instead of giving one; `exposed`: sent until it was off
 */
export function exposureOf(faulty, { revision, onAtMs, offAtMs, endedAtMs, exitAtMs }) {
  const own = faulty.filter(
    (record) =>
      record.startedAtMs <= endedAtMs &&
      record.endedAtMs >= onAtMs &&
      (record.revision === revision || record.revision === null),
  );
  const firsts = own.map((record) => record.endedAtMs).concat(exitAtMs ?? []);
  const until = offAtMs ?? endedAtMs;
  const exposed = own.filter(({ startedAtMs }) => startedAtMs <= until).length;
  return {
    firstAtMs: firsts.length === 0 ? null : Math.min(...firsts),
    exposed,
    afterOff: own.length - exposed,
  };
}

/**
 * The longest that a client waited meanwhile for what no candidate does, ms; 0 where there was nothing: stable that is
 * slow or wrong, and requests that nobody answered in time. Then the host had no time for the service or its router.
 */
export function longestOfHost(faulty, { stable, fromMs, toMs }) {
  const waits = faulty
    .filter(({ revision, outcome }) => revision === stable || outcome === 'TIMEOUT')
    .filter(({ startedAtMs, endedAtMs }) => endedAtMs >= fromMs && startedAtMs <= toMs)
    .map(waitedMs);
  return Math.max(0, ...waits);
}

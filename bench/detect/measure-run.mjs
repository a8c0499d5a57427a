import { exposureOf, longestOfHost } from './exposure.mjs';
import { isHealthy } from './kinds.mjs';
import { longestInside } from './stalls.mjs';

/** As long as a window. */
const disturbedFromMs = 1_000;

/**
 * What became of a run that has ended, by what the router was seen to do and what the load client has recorded.
 *
 * @param {{lane: import('./lane.mjs').Lane, stalls: ReturnType<typeof import('./stalls.mjs').openStalls>}} bench
 * @param {{planned: import('./schedule.mjs').Planned, request: object, status: object, sight: object, asked: {atMs: number | null}}} played
 * @returns {Promise<import('./figures.mjs').Run>}
 */
export async function measureRun(bench, { planned, request, status, sight, asked }) {
  const { kind, criteria, label } = planned;
  const { deployment, outcome, cause, verdict, revision } = status;
  const wasOn = revision !== null && sight.onAtMs(revision) !== null;
  await bench.lane.catchUp();
  const seen = wasOn ? await onceOn(bench, { status, sight }) : NEVER_ON;
  const goesWell = isHealthy(kind) ? outcome === 'succeeded' : seen.offMs !== null;
  return {
    ...{ label, kind, criteria: criteria.name, deployment, outcome, cause, request },
    rule: verdict?.rule,
    ...seen,
    wasOn,
    wasAsked: asked.atMs !== null,
    isDisturbed: seen.stalledMs >= disturbedFromMs,
    isExpected: wasOn && goesWell,
  };
}

/** It ended before anybody saw it: nothing was measured. */
const NEVER_ON = { exposed: 0, afterOff: 0, offMs: null, stalledMs: 0 };

async function onceOn({ lane, stalls }, { status, sight }) {
  const { revision, stable, outcome } = status;
  const endedAtMs = status.endedAtMs ?? Date.now();
  const onAtMs = sight.onAtMs(revision);
  const offAtMs = outcome === 'succeeded' ? null : sight.offAtMs(revision);
  const exitAtMs = await lane.exitAtMs(revision);
  const when = { revision, onAtMs, offAtMs, endedAtMs, exitAtMs };
  const { firstAtMs, exposed, afterOff } = exposureOf(lane.faulty, when);
  const toMs = offAtMs ?? endedAtMs;
  return {
    ...{ exposed, afterOff },
    offMs: offAtMs === null || firstAtMs === null ? null : offAtMs - firstAtMs,
    stalledMs: Math.max(
      stalls.longestMs(onAtMs, toMs),
      longestInside(lane.held, onAtMs, toMs),
      sight.blindMs(onAtMs, toMs),
      longestOfHost(lane.faulty, { stable, fromMs: onAtMs, toMs }),
    ),
  };
}

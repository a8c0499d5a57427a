import { isHealthy } from './kinds.mjs';

/**
 * What makes the figures what they are, for whoever reads them.
 *
 * @param {{laneCount: number, rate: number, machine: string}} terms
 * @returns {readonly string[]}
 */
export function remarksOf({ laneCount, rate, machine }) {
  return [
    `${laneCount} services at once on one platform, each with its own listener, ${rate} requests a second, candidates at 5 %; ${machine}`,
    'off: from the first faulty answer (or the first process that ended) until the router was seen, every 100 ms, to give the candidate nothing and never anything again',
    'exposed: requests that clients got a wrong answer, none, or one slower than 2 s to; `exposed` is the most of one run',
    "the demo's criteria over 10 s, with its limit for p99 on p95 too; the specification's without its business metric; a person's question is answered with a rollback at once",
    'disturbed: the load, this process or the view of the router stood still for 1 s, which is a window, or longer, or clients waited for stable; such runs are in no time above, but in falseRollbacks and undetected',
    'unstarted: ended before the candidate got any traffic, tried once more, and in no other figure',
  ];
}

/** What became of one run, in a line. */
export function sentenceOf(run) {
  const {
    label,
    kind,
    outcome,
    offMs,
    exposed,
    rule,
    wasAsked,
    stalledMs,
    isDisturbed,
    isExpected,
  } = run;
  const off = !run.wasOn
    ? 'never on'
    : offMs === null
      ? 'never off'
      : `off after ${(offMs / 1_000).toFixed(1)} s`;
  const seen = isHealthy(kind) && isExpected ? '' : `, ${off}, ${exposed} exposed (${rule})`;
  const asked = wasAsked ? ', a person was asked' : '';
  const disturbed = isDisturbed
    ? `, disturbed: it stood still for ${Math.round(stalledMs)} ms`
    : '';
  const wrong = isExpected ? '' : `; NOT AS EXPECTED: ${run.cause}, ${run.deployment}`;
  return `${label}: ${outcome}${seen}${asked}${disturbed}${wrong}`;
}

import { percentile } from '../rollback/figures.mjs';

/** A watcher that is late by more than half of a poll of 2 s looks at windows that a judge should have seen before. */
export const GOALS = { pollLagP99Ms: { max: 1_000 } };

/**
 * @param {{bakes: number, pollMs: number, polls: readonly Poll[], fromMs: number, toMs: number, cpu: Cpu, evidenceBytes: number}} measured
 *   `polls` of before the measuring, too: the first inside it is late against the last before
 * @typedef {{bake: string, startedAtMs: number, endedAtMs: number}} Poll
 * @typedef {{workerUs: number, platformUs: number | null, temporalUs: number | null}} Cpu processor time meanwhile
 */
export function figuresOf({ bakes, pollMs, polls, fromMs, toMs, cpu, evidenceBytes }) {
  const lags = lagsOf(polls, { pollMs, fromMs, toMs });
  const inside = polls.filter(({ startedAtMs }) => startedAtMs >= fromMs && startedAtMs <= toMs);
  const lasted = inside.map(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs);
  const perMinute = (60_000 * evidenceBytes) / (toMs - fromMs);
  const perPoll = (us) => (us === null || inside.length === 0 ? null : us / inside.length);
  return rounded({
    bakes,
    bakesSeen: new Set(inside.map(({ bake }) => bake)).size,
    pollMs,
    polls: inside.length,
    seconds: (toMs - fromMs) / 1_000,
    pollLagP50Ms: percentile(lags, 50),
    pollLagP99Ms: percentile(lags, 99),
    pollLagMaxMs: percentile(lags, 100),
    pollP50Ms: percentile(lasted, 50),
    pollP99Ms: percentile(lasted, 99),
    cpuPollUs: perPoll(cpu.workerUs),
    platformCpuPollUs: perPoll(cpu.platformUs),
    temporalCpuPollUs: perPoll(cpu.temporalUs),
    evidenceBytesMinute: perMinute,
    evidenceBytesMinuteBake: perMinute / bakes,
  });
}

/**
 * How late each poll was: it is planned so long after the end of the one before it. A bake that was not polled again is
 * late until the end.
 *
 * @returns {readonly number[]} ms
 */
export function lagsOf(polls, { pollMs, fromMs, toMs }) {
  const endedAtMs = new Map();
  const lags = [];
  for (const poll of polls.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    if (poll.startedAtMs > toMs) continue;
    const before = endedAtMs.get(poll.bake);
    if (before !== undefined && poll.startedAtMs >= fromMs)
      lags.push(Math.max(0, poll.startedAtMs - before - pollMs));
    endedAtMs.set(poll.bake, poll.endedAtMs);
  }
  const unseen = [...endedAtMs.values()].map((before) => toMs - before - pollMs);
  return lags.concat(unseen.filter((lagMs) => lagMs > pollMs));
}

function rounded(figures) {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      value === null ? null : Math.round(value * 10) / 10,
    ]),
  );
}

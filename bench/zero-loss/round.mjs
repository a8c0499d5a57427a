import { setTimeout as sleep } from 'node:timers/promises';
import { isMoment } from './moments.mjs';

const lookEveryMs = 100;
/** A gap is short: whoever wants to meet it has to look often. */
const lookForGapEveryMs = 25;
const startsWithinMs = 60_000;
const momentWithinMs = 180_000;
const endWithinMs = 300_000;
/** The decision comes at some moment after the state that it waits for, not always at its beginning. */
const spreadMs = 1_500;
const spreadInGapMs = 500;
const person = { actor: 'bench', reason: 'bench' };

const expected = { forward: 'succeeded' };

/**
 * One deployment on its way, to its end: forward, or taken back by a person at a moment.
 *
 * @param {{lane: import('./lane.mjs').Lane, ground: import('../throwaway/throwaway-home.mjs').ThrowawayHome, client: object, random: () => number, signal: AbortSignal}} bench
 * @returns {Promise<{label: string, way: string, outcome: string, isAsExpected: boolean, wasMissed: boolean, status: object}>}
 *   `wasMissed`: it ended well before anybody could take it back
 */
export async function playRound(bench, { way, label }) {
  const { lane, client, signal } = bench;
  const deployment = await lane.deploy(label, { signal });
  const run = await findRun({ client, deployment, signal });
  const wasAsked = way === 'forward' ? false : await takeBack({ ...bench, run, way });
  const { view } = await client.wait(run, { until: 'ended', timeoutMs: endWithinMs, signal });
  signal.throwIfAborted();
  const status = view?.status;
  if (status?.phase !== 'ended') throw new Error(`${deployment} (${way}) did not end in time`);
  const wasMissed = way !== 'forward' && !wasAsked && status.outcome === 'succeeded';
  const isAsExpected = wasMissed || status.outcome === (expected[way] ?? 'rolled-back');
  return { label, way, outcome: status.outcome, isAsExpected, wasMissed, status };
}

/** It has no run yet while it waits in line for the one before it to close. */
async function findRun({ client, deployment, signal }) {
  const endsAtMs = Date.now() + startsWithinMs;
  for (;;) {
    const run = await client.find({ deployment }).catch((error) => error);
    if (!(run instanceof Error)) return run;
    if (Date.now() > endsAtMs) throw run;
    await sleep(lookEveryMs, undefined, { signal });
  }
}

/** Answers whether the decision was taken. */
async function takeBack(round) {
  const { way, random, signal, client, run } = round;
  if (!(await waitForMoment(round))) return false;
  await sleep(random() * (way === 'gap' ? spreadInGapMs : spreadMs), undefined, { signal });
  // The command takes longer to start than a gap lasts.
  if (way === 'gap') {
    const { record } = await client.decide(run, { kind: 'rollback', ...person });
    return record?.effect === 'applied';
  }
  const words = ['rollback', run.deployment, '--as', person.actor, '--reason', person.reason];
  try {
    await round.ground.belay.run(words, { signal, timeoutMs: endWithinMs });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    round.log(`${run.deployment}: a rollback was not taken: ${error.message}`);
    return false;
  }
}

async function waitForMoment({ way, client, run, signal }) {
  const endsAtMs = Date.now() + momentWithinMs;
  while (Date.now() < endsAtMs) {
    const { status } = await client.status(run);
    if (status.phase === 'ended') return false;
    if (isMoment(way, status)) return true;
    await sleep(way === 'gap' ? lookForGapEveryMs : lookEveryMs, undefined, { signal });
  }
  throw new Error(`${run.deployment}: waited ${momentWithinMs / 1000} s for its ${way}`);
}

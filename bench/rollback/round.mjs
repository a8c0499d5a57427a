import { setTimeout as sleep } from 'node:timers/promises';
import { aim } from './aim.mjs';
import { momentOf } from './moments.mjs';
import { requestFor } from './request.mjs';

const lookEveryMs = 100;
const momentWithinMs = 60_000;
const rollbackWithinMs = 90_000;
const endWithinMs = 90_000;
/** So many promotions at most: one fewer than a burst has steps, so that it never reaches everybody. */
const mostPromotions = 9;
const person = { actor: 'bench', reason: 'bench' };

/**
 * Deploys a revision that nobody has seen, waits for the moment, has `belay rollback` ask for the way back, and waits
 * for the end.
 *
 * @param {{shop: import('./throwaway-shop.mjs').ThrowawayShop, client: object, lead: object, random: () => number, signal: AbortSignal}} bench
 * @param {{moment: string, label: string}} wanted
 * @returns {Promise<import('./figures.mjs').Measured | null>} null where the decision met no moment
 */
export async function playRound(bench, { moment, label }) {
  const { shop, client, random, signal } = bench;
  const request = requestFor({ ...shop, ...shop.identity(), label, moment, random });
  const { run } = await client.start(request, { waitForWorkersMs: 20_000 });
  const asked = await askInTime({ ...bench, run, moment });
  const { view } = await client.wait(run, {
    until: 'ended',
    timeoutMs: endWithinMs,
    intervalMs: 50,
    signal,
  });
  signal.throwIfAborted();
  if (view?.status.phase !== 'ended') throw new Error(`${label} (${moment}) did not end in time`);
  return asked === null ? null : measure(bench, { status: view.status, asked });
}

/** Null where the moment did not come, or the deployment ended before the decision: then it is sent away. */
async function askInTime(round) {
  const { client, run, moment, lead, random, signal } = round;
  const seen = await waitFor(round, stateFor(moment));
  if (seen === null) return sendAway(round);
  const { startAtMs, promote } = aim({
    ...{ moment, random },
    ...{ sinceMs: seen.sinceMs, nowMs: Date.now(), cliMs: lead.ms() },
  });
  const over = new AbortController();
  const promoting =
    promote === null ? null : promoteFrom({ client, run, promote, over: over.signal });
  await sleep(Math.max(0, startAtMs - Date.now()), undefined, { signal });
  const startedAtMs = Date.now();
  try {
    await rollback(round);
  } catch (error) {
    signal.throwIfAborted();
    round.log(`a rollback was not taken: ${error.message}`);
    return sendAway(round);
  } finally {
    over.abort();
    await promoting;
  }
  return { startedAtMs, askedAtMs: moment === 'ask' ? seen.atMs : null };
}

async function rollback({ shop, run, signal }) {
  const words = ['rollback', run.deployment, '--as', person.actor, '--reason', person.reason];
  await shop.belay.run(words, { signal, timeoutMs: rollbackWithinMs });
}

/** The state that a moment needs, as a question to a status: since when it is so, or null. */
function stateFor(moment) {
  switch (moment) {
    case 'ask':
      return ({ waitingFor }) => (waitingFor === 'decision' ? Date.now() : null);
    case 'warm':
      return ({ phase, liveAtMs }) => (phase === 'warm' ? liveAtMs : null);
    default:
      return ({ steps }) =>
        steps.find(({ kind, state }) => kind === 'bake' && state === 'doing')?.startedAtMs ?? null;
  }
}

async function waitFor({ client, run, signal }, stateOf) {
  const endsAtMs = Date.now() + momentWithinMs;
  while (Date.now() < endsAtMs) {
    const { status } = await client.status(run);
    const sinceMs = stateOf(status);
    if (sinceMs !== null) return { sinceMs, atMs: Date.now() };
    if (status.phase === 'ended') return null;
    await sleep(lookEveryMs, undefined, { signal });
  }
  return null;
}

/** One shift after the other, until the decision has come. */
async function promoteFrom({ client, run, promote, over }) {
  if (!(await hasSlept(promote.atMs - Date.now(), over))) return;
  for (let promotions = 0; promotions < mostPromotions;) {
    const order = { kind: 'promote', ...person };
    const { record } = await client.decide(run, order).catch(() => ({ record: null }));
    if (over.aborted || record === null || isOver(record)) return;
    if (record.effect !== 'applied') continue;
    promotions += 1;
    if (!(await hasSlept(promote.everyMs, over))) return;
  }
}

function isOver({ sentence }) {
  return /going back|has ended/.test(sentence);
}

async function hasSlept(ms, over) {
  return sleep(Math.max(0, ms), true, { signal: over }).catch(() => false);
}

async function sendAway({ client, run, log }) {
  const order = { kind: 'abort', actor: person.actor, reason: 'the moment did not come' };
  await client.decide(run, order).catch((error) => log(`abort: ${error.message}`));
  return null;
}

function measure({ lead, log }, { status, asked }) {
  const decision = status.decisions.find(
    ({ kind, effect }) => kind === 'rollback' && effect === 'applied',
  );
  if (decision === undefined || status.safeAtMs === null || status.outcome !== 'rolled-back') {
    log(`${status.deployment}: ${status.outcome}, ${status.cause}`);
    return null;
  }
  const { issuedAtMs } = decision;
  lead.learn(issuedAtMs - asked.startedAtMs);
  const moment = momentOf({ status, issuedAtMs, askedAtMs: asked.askedAtMs });
  if (moment === null) return null;
  return {
    moment,
    deployment: status.deployment,
    revision: status.revision,
    startedAtMs: asked.startedAtMs,
    rollbackMs: status.safeAtMs - issuedAtMs,
    /** Where the time went: until the command had decided, then from there on. */
    commandMs: issuedAtMs - asked.startedAtMs,
    receivedMs: decision.receivedAtMs - issuedAtMs,
    decidedMs: status.decidedAtMs - issuedAtMs,
  };
}

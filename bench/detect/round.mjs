import { setTimeout as sleep } from 'node:timers/promises';
import { measureRun } from './measure-run.mjs';
import { openSight } from './observed-weight.mjs';

const lookEveryMs = 100;
const turnWithinMs = 60_000;
/** Longer than the slowest answer that was under way when the candidate lost its traffic. */
const lastAnswersMs = 4_000;
const person = { actor: 'bench', reason: 'bench' };

/**
 * Deploys one candidate, and looks at what the router does with it until the deployment has ended. A question to a person
 * is answered with a rollback at once, which is what nobody's answer would do later.
 *
 * @param {{lane: import('./lane.mjs').Lane, client: object, stalls: ReturnType<typeof import('./stalls.mjs').openStalls>, signal: AbortSignal}} bench
 * @param {import('./schedule.mjs').Planned} planned
 * @returns {Promise<import('./figures.mjs').Run>}
 */
export async function playRun(bench, planned) {
  const { lane, client, signal } = bench;
  const request = lane.requestFor({ ...planned, fault: planned.kind.fault, strategy: 'canary' });
  const sight = openSight();
  const over = new AbortController();
  const looking = lookOn({ lane, sight, signal: over.signal });
  const asked = { atMs: null };
  try {
    const { run } = await client.start(request, {
      conflict: 'queue',
      waitForWorkersMs: 20_000,
      timeoutMs: turnWithinMs,
      signal,
    });
    const { view } = await client.wait(run, {
      until: 'ended',
      timeoutMs: planned.criteria.endsWithinMs,
      intervalMs: 500,
      signal,
      onStatus: ({ status }) => answerQuestion({ client, run, status, asked }),
    });
    signal.throwIfAborted();
    if (view?.status.phase !== 'ended') throw new Error(`${planned.label} did not end in time`);
    await untilAnswered({ sight, revision: view.status.revision, signal });
    return await measureRun(bench, { planned, request, status: view.status, sight, asked });
  } finally {
    over.abort();
    await looking;
  }
}

async function lookOn({ lane, sight, signal }) {
  while (!signal.aborted) {
    const observed = await lane.observe().catch(() => null);
    if (observed !== null) sight.look(Date.now(), observed);
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

async function untilAnswered({ sight, revision, signal }) {
  const atMs = (sight.offAtMs(revision) ?? 0) + lastAnswersMs;
  await sleep(Math.max(0, atMs - Date.now()), undefined, { signal });
}

function answerQuestion({ client, run, status, asked }) {
  if (status.waitingFor !== 'decision' || asked.atMs !== null) return;
  asked.atMs = Date.now();
  client.decide(run, { kind: 'rollback', ...person }).catch(() => (asked.atMs = null));
}

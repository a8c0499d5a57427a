import { setTimeout as sleep } from 'node:timers/promises';
import { approver } from './approver.mjs';

const servesWithinMs = 60_000;
const plannedWithinMs = 60_000;
const bakesWithinMs = 60_000;
const checkedWithinMs = 120_000;
const mostFindings = 3;
/** So far into a bake that windows were judged, and long before its least time. */
const midBakeMs = 2_500;
const askEveryMs = 100;

/** Waits until an instance answers through the router, then starts the load. */
export async function startLoad({ stage, watch, say, signal }) {
  const endsAt = Date.now() + servesWithinMs;
  while (!(await serves(stage.origin))) {
    if (Date.now() > endsAt || watch.latest()?.phase === 'ended') {
      throw new Error(`no instance answered on ${stage.origin}`);
    }
    await sleep(askEveryMs, undefined, { signal });
  }
  stage.startLoad();
  say(`load: ${stage.ratePerSecond} requests a second to ${stage.origin} from now on`);
}

async function serves(origin) {
  const answer = await fetch(origin, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  await answer?.arrayBuffer().catch(() => null);
  return answer?.headers.has('x-belay-revision') ?? false;
}

/** The checks say no: the deployment ends, and not one process of it was started. */
export async function nothingIsTouched({ stage, watch, say, signal }) {
  const before = await instancesOf(stage);
  const { outcome } = await watch.until(
    'its end',
    ({ phase }) => phase === 'ended',
    checkedWithinMs,
  );
  const after = await instancesOf(stage);
  const started = after.filter((id) => !before.includes(id));
  if (started.length > 0) throw new Error(`${started.length} instances were started all the same`);
  const { blockers, findings } = await stage.belay.run(['report', watch.deployment], { signal });
  say(
    `${outcome} by ${blockers.map(({ scanner }) => scanner).join(' and ')}; no instance was started`,
  );
  for (const { severity, title, location } of findings.slice(0, mostFindings)) {
    say(`  ${severity}: ${title} (${location?.path ?? 'no place'})`);
  }
}

async function instancesOf(stage) {
  const services = (await stage.platform())?.services ?? [];
  return services.flatMap(({ fleets }) =>
    fleets.flatMap(({ instances }) => instances.map(({ id }) => id)),
  );
}

/** A person reads the plan and says yes. */
export async function approve({ stage, watch, say, signal }) {
  const isAsked = ({ waitingFor }) => waitingFor === 'approval';
  const { planDigest } = await watch.until('the question for approval', isAsked, plannedWithinMs);
  await stage.belay.run(['approve', stage.name, '--as', approver, '--plan', planDigest], {
    signal,
  });
  say(`approved by ${approver}: plan ${planDigest.slice(0, 19)}…`);
}

/** The worker dies without a word; `belay up` starts what is missing. */
export async function killWorkerInMidBake({ stage, watch, say, signal }) {
  const step = await midBake(watch, signal);
  const before = stage.processes().worker.pid;
  process.kill(before, 'SIGKILL');
  say(`kill -9 ${before}: the worker is dead, in the middle of ${step}; traffic stays as it is`);
  await stage.up();
  say(`belay up: a new worker, pid ${stage.processes().worker.pid}, takes the deployment up again`);
}

/**
 * A person changes their mind at that moment.
 *
 * @param {(watch: ReturnType<typeof import('./watch.mjs').watchDeployment>, signal: AbortSignal) => Promise<string>} moment
 *   waits for it, and says where that is
 */
export function askForRollback(moment) {
  return async ({ stage, watch, say, signal }) => {
    const where = await moment(watch, signal);
    say(`belay rollback ${stage.name}, in the middle of ${where}`);
    const reason = 'the demo changes its mind';
    await stage.belay.run(['rollback', stage.name, '--as', approver, '--reason', reason], {
      signal,
      timeoutMs: 150_000,
    });
  };
}

/** Waits for the middle of the first bake with traffic on both sides; gives the step's id. */
export function midBake(watch, signal) {
  return middleOf({ phase: 'rollout', watch, signal });
}

/** Waits until everybody is on the new revision, which is still watched; gives the step's id. */
export function afterTheSwitch(watch, signal) {
  return middleOf({ phase: 'verify', watch, signal });
}

async function middleOf({ phase, watch, signal }) {
  const { steps } = await watch.until(
    `the first bake of ${phase}`,
    (status) => bakeOf(status, phase) !== null,
    bakesWithinMs,
  );
  const { id, startedAt } = bakeOf({ steps }, phase);
  const untilMs = Date.parse(startedAt) + midBakeMs - Date.now();
  await sleep(Math.max(0, untilMs), undefined, { signal });
  return id;
}

function bakeOf({ steps }, inPhase) {
  const isBaking = ({ kind, phase, state }) =>
    kind === 'bake' && phase === inPhase && state === 'doing';
  return steps.find(isBaking) ?? null;
}

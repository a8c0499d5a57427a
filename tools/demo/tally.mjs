import { classify } from '../load/classify.mjs';

/**
 * What the load saw of each scenario. A request belongs to the scenario during which it was sent, so that each counts
 * once; what was sent before the first began belongs to the first.
 *
 * @param {{played: readonly Played[], records: readonly import('../load/load.mjs').LoadRecord[], instanceLogIds: ReadonlySet<string>}} seen
 * @typedef {{name: string, startedAtMs: number, status: object}} Played `status` as `belay status --output json` gave it last
 */
export function tally({ played, records, instanceLogIds }) {
  const scenarios = played.map((one, index) => {
    const from = index === 0 ? -Infinity : one.startedAtMs;
    const to = played[index + 1]?.startedAtMs ?? Infinity;
    const own = records.filter(({ startedAtMs }) => startedAtMs >= from && startedAtMs < to);
    return scenarioFigures(one, classify(own, instanceLogIds));
  });
  const all = classify(records, instanceLogIds);
  return {
    scenarios,
    requests: all.requests,
    failedByRouter: all.failedByRouter,
    routerFailures: all.routerFailures,
  };
}

function scenarioFigures({ name, startedAtMs, status }, load) {
  const outcome = outcomeOf(status);
  return {
    name,
    outcome,
    seconds: secondsOf(status, startedAtMs),
    requests: load.requests,
    failedByRouter: load.failedByRouter,
    failedByRevision: load.failedByRevision,
    exposed: outcome === 'rolled-back' ? load.exposed(status.revision) : 0,
    rollbackMs: outcome === 'rolled-back' ? rollbackMs(status) : null,
  };
}

/** A deployment that is live and still warm has succeeded, as `belay deploy` counts it. */
export function outcomeOf(status) {
  return status.outcome ?? (status.live ? 'succeeded' : status.phase);
}

/** Until the deployment was live, or had ended without ever being it. */
function secondsOf({ liveAt, endedAt }, startedAtMs) {
  const reached = liveAt ?? endedAt;
  return reached === null ? null : Math.round((Date.parse(reached) - startedAtMs) / 100) / 10;
}

/**
 * From the decision (the person's, else the judge's) to stable observed at 100 %; null where either is unknown.
 */
export function rollbackMs({ decisions, decidedAt, safeAt }) {
  const asked = decisions.find(({ kind, effect }) => kind === 'rollback' && effect === 'applied');
  const from = asked?.issuedAt ?? decidedAt;
  return from === null || safeAt === null ? null : Date.parse(safeAt) - Date.parse(from);
}

import { foldReading } from '../domain/analysis/fold-reading';
import { openJudge, type JudgeState } from '../domain/analysis/judge';
import type { Reading } from '../domain/analysis/reading';
import { unobservedVerdict } from '../domain/analysis/unobserved-verdict';
import type { Totals, Verdict } from '../domain/analysis/verdict';
import { changeAlerts } from '../domain/monitoring/change-alerts';
import { evaluateMonitors } from '../domain/monitoring/evaluate-monitors';
import type { AlertChange, MonitoringSession } from '../domain/monitoring/session';
import type { Weights } from '../domain/rollout/plan';
import type { ArmWeights, LiveWatch } from '../domain/status';
import { sameWeights } from '../domain/target-state';
import { asActivity, type Running } from './activity-context';
import type { ActivityDependencies } from './dependencies';
import { collectWindows } from './collect-windows';
import { lookAgain } from './look-again';
import { ReadingDesk } from './reading-desk';
import { configOf, type WatchInput } from './watch-input';
import { WatchMemory } from './watch-memory';

export interface WatchResult {
  /** `alert`: nothing has ended; people are to be told, and the watch goes on. */
  readonly end: 'harm' | 'ask' | 'alert' | 'safe' | 'longest';
  readonly verdict: Verdict;
  readonly totals: Totals;
  readonly observed: ArmWeights;
  readonly session: MonitoringSession;
  readonly alerts: readonly AlertChange[];
}

export interface WatchActivities {
  /**
   * Looks once; ends with a verdict, or asks by a benign failure to be tried again after the poll interval. That costs no
   * history event and no worker slot in between (measured: 31 to 35 events for a deployment, however long it bakes).
   */
  watch(input: WatchInput): Promise<WatchResult>;
  /** What both revisions answered up to now: brings the evidence record up to date after a watch that was cut short. */
  countExposure(input: WatchInput): Promise<Totals>;
}

export function createWatchActivities(deps: ActivityDependencies): WatchActivities {
  const watcher = { deps, memory: new WatchMemory(), desk: new ReadingDesk(deps) };
  return {
    watch: asActivity(async (input, running) => {
      const { alerts, ...live } = await look(watcher, input, running);
      running.heartbeat(live);
      const { observed, session, totals, verdict } = live;
      const end = endOf({ verdict, alerts }, input, deps.clock());
      if (end === null) throw lookAgain(input.pollMs);
      return { end, verdict, totals, observed, session, alerts };
    }),
    countExposure: asActivity(async (input, running) => {
      const { totals } = await look(watcher, input, running);
      return totals;
    }),
  };
}

interface Watcher {
  readonly deps: ActivityDependencies;
  readonly memory: WatchMemory;
  readonly desk: ReadingDesk;
}

interface Look extends LiveWatch {
  readonly alerts: readonly AlertChange[];
}

async function look(watcher: Watcher, input: WatchInput, { signal }: Running): Promise<Look> {
  const { deps, desk, memory } = watcher;
  const traffic = await deps.router.observe(input.ref, signal);
  const observed = byArm(traffic.observed, input);
  const { known, fresh } = await withReadings(watcher, input);
  const { state, verdict } = await collectWindows(deps, { input, known, observed }, signal);
  const isAsTold = sameWeights(traffic.observed, input.weights);
  const isGone = !isAsTold && (await onlyStableAnswers(deps, input, signal));
  const atMs = deps.clock();
  const session = sessionOf(input, state, atMs);
  const alerts = changeAlerts(input.openAlerts, session, memory.recall(input)?.alerts ?? null);
  const goneForMs = memory.keep(input, {
    state,
    goneAtMs: isGone ? atMs : null,
    alerts: alerts.memory,
  });
  desk.settle(input, fresh);
  return {
    stepId: input.stepId,
    verdict: isAsTold
      ? verdict
      : unobservedVerdict(verdict, { told: byArm(input.weights, input), observed, goneForMs }),
    totals: state.totals,
    observed,
    atMs,
    session,
    nextAtMs: atMs + input.pollMs,
    stepRequests: state.step.requests,
    alerts: input.monitoring.alerting === 'on' ? alerts.changes : [],
  };
}

interface Read {
  readonly known: JudgeState;
  /** Folded and recorded now. */
  readonly fresh: readonly Reading[];
}

/** What the user's own sources have answered meanwhile is recorded and folded first: the windows' verdict goes by it. */
async function withReadings({ deps, desk, memory }: Watcher, input: WatchInput): Promise<Read> {
  const config = configOf(input);
  const state = memory.recall(input)?.state;
  if (input.monitoring.sources.length === 0)
    return { known: state ?? openJudge(config), fresh: [] };
  const { deploymentId, evidenceFromMs } = input;
  const recorded =
    state === undefined ? await deps.evidence.readings(deploymentId, evidenceFromMs) : [];
  const fresh = await recordReadings(deps, input, desk.take(input, state?.readings ?? recorded));
  const known = [...recorded, ...fresh].reduce<JudgeState>(
    (before, reading: Reading) => foldReading(config, before, reading),
    state ?? openJudge(config),
  );
  return { known, fresh };
}

/** Answers what counts. What cannot be written now does not yet, and keeps nobody from seeing what the target counts. */
async function recordReadings(
  { evidence, log }: ActivityDependencies,
  { deploymentId, stepId }: WatchInput,
  readings: readonly Reading[],
): Promise<readonly Reading[]> {
  if (readings.length === 0) return [];
  try {
    await evidence.appendReadings({ deploymentId, stepId, readings });
    return readings;
  } catch (error) {
    log('error', `${deploymentId}: readings could not be written: ${String(error)}`);
    return [];
  }
}

function sessionOf(input: WatchInput, state: JudgeState, atMs: number): MonitoringSession {
  const { criteria, monitoring, stable } = input;
  const { readings, recent } = state;
  return evaluateMonitors({ monitoring, criteria, stable, windows: recent, readings, atMs });
}

async function onlyStableAnswers(
  { fleet }: ActivityDependencies,
  { candidate, ref, stable, weights }: WatchInput,
  signal: AbortSignal,
): Promise<boolean> {
  if (stable === null || (weights[candidate] ?? 0) === 0) return false;
  const fleets = await fleet.describe(ref, signal);
  const answering = fleets.filter(({ healthy }) => healthy > 0).map(({ revision }) => revision);
  return !answering.includes(candidate) && answering.includes(stable);
}

function byArm(weights: Weights, { stable, candidate }: WatchInput): ArmWeights {
  return {
    stable: stable === null ? 0 : (weights[stable] ?? 0),
    candidate: weights[candidate] ?? 0,
  };
}

function endOf(
  { verdict, alerts }: Pick<Look, 'verdict' | 'alerts'>,
  input: WatchInput,
  nowMs: number,
): WatchResult['end'] | null {
  const mayEnd = input.leastAtMs !== null;
  if (verdict.kind === 'harm') return 'harm';
  if (verdict.rule.startsWith('ask:') && mayEnd) return 'ask';
  if (alerts.length > 0) return 'alert';
  if (verdict.kind === 'safe' && mayEnd) return 'safe';
  return nowMs >= input.longestAtMs ? 'longest' : null;
}

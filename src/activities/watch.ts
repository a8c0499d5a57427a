import { openJudge, type JudgeState } from '../domain/analysis/judge';
import { UNOBSERVED, type Totals, type Verdict } from '../domain/analysis/verdict';
import type { Weights } from '../domain/rollout/plan';
import type { ArmWeights, LiveWatch } from '../domain/status';
import { sameWeights } from '../domain/target-state';
import { asActivity, type Running } from './activity-context';
import type { ActivityDependencies } from './dependencies';
import { collectWindows } from './collect-windows';
import { lookAgain } from './look-again';
import { configOf, type WatchInput } from './watch-input';

export interface WatchResult {
  readonly end: 'harm' | 'ask' | 'safe' | 'longest';
  readonly verdict: Verdict;
  readonly totals: Totals;
  readonly observed: ArmWeights;
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
  const memory = new WatchMemory();
  return {
    watch: asActivity(async (input, running) => {
      const live = await look(deps, { input, memory }, running);
      running.heartbeat(live);
      const end = endOf(live.verdict, input, deps.clock());
      if (end === null) throw lookAgain(input.pollMs);
      return { end, verdict: live.verdict, totals: live.totals, observed: live.observed };
    }),
    countExposure: asActivity(async (input, running) => {
      const { totals } = await look(deps, { input, memory }, running);
      return totals;
    }),
  };
}

interface Watching {
  readonly input: WatchInput;
  readonly memory: WatchMemory;
}

async function look(
  deps: ActivityDependencies,
  { input, memory }: Watching,
  { signal }: Running,
): Promise<LiveWatch> {
  const traffic = await deps.router.observe(input.ref, signal);
  const observed = byArm(traffic.observed, input);
  const known = memory.recall(input) ?? openJudge(configOf(input));
  const folded = await collectWindows(deps, { input, known, observed }, signal);
  memory.keep(input, folded.state);
  return {
    stepId: input.stepId,
    verdict: sameWeights(traffic.observed, input.weights)
      ? folded.verdict
      : unobserved(folded.verdict, { input, observed }),
    totals: folded.state.totals,
    observed,
    atMs: deps.clock(),
  };
}

/**
 * The router gives something else than it was told: the candidate cannot serve, or somebody else changed it. Whatever the
 * windows say, that is never safe; harm and questions stand.
 */
function unobserved(
  verdict: Verdict,
  { input, observed }: { readonly input: WatchInput; readonly observed: ArmWeights },
): Verdict {
  if (verdict.kind === 'harm' || verdict.rule.startsWith('ask:')) return verdict;
  const told = byArm(input.weights, input);
  return {
    ...verdict,
    kind: 'not-yet',
    rule: UNOBSERVED,
    sentence:
      `The candidate was given ${told.candidate} % of the traffic and gets ${observed.candidate} %: ` +
      'it has no instance that can serve, or somebody else changed the weights.',
  };
}

function byArm(weights: Weights, { stable, candidate }: WatchInput): ArmWeights {
  return {
    stable: stable === null ? 0 : (weights[stable] ?? 0),
    candidate: weights[candidate] ?? 0,
  };
}

function endOf(verdict: Verdict, input: WatchInput, nowMs: number): WatchResult['end'] | null {
  if (verdict.kind === 'harm') return 'harm';
  if (verdict.rule.startsWith('ask:') && input.leastAtMs !== null) return 'ask';
  if (verdict.kind === 'safe' && input.leastAtMs !== null) return 'safe';
  return nowMs >= input.longestAtMs ? 'longest' : null;
}

/** What the last look of each deployment had folded; a worker without it rebuilds it from the evidence record. */
class WatchMemory {
  private readonly states = new Map<string, JudgeState>();

  recall({ deploymentId }: WatchInput): JudgeState | undefined {
    return this.states.get(deploymentId);
  }

  keep({ deploymentId }: WatchInput, state: JudgeState): void {
    this.states.delete(deploymentId);
    this.states.set(deploymentId, state);
    const oldest = this.states.keys().next();
    if (this.states.size > MOST_WATCHES && oldest.done !== true) this.states.delete(oldest.value);
  }
}

const MOST_WATCHES = 200;

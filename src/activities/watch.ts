import { openJudge, type JudgeState } from '../domain/analysis/judge';
import { unobservedVerdict } from '../domain/analysis/unobserved-verdict';
import type { Totals, Verdict } from '../domain/analysis/verdict';
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
  const known = memory.recall(input)?.state ?? openJudge(configOf(input));
  const { state, verdict } = await collectWindows(deps, { input, known, observed }, signal);
  const isAsTold = sameWeights(traffic.observed, input.weights);
  const isGone = !isAsTold && (await onlyStableAnswers(deps, input, signal));
  const goneForMs = memory.keep(input, { state, goneAtMs: isGone ? deps.clock() : null });
  return {
    stepId: input.stepId,
    verdict: isAsTold
      ? verdict
      : unobservedVerdict(verdict, { told: byArm(input.weights, input), observed, goneForMs }),
    totals: state.totals,
    observed,
    atMs: deps.clock(),
  };
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

function endOf(verdict: Verdict, input: WatchInput, nowMs: number): WatchResult['end'] | null {
  if (verdict.kind === 'harm') return 'harm';
  if (verdict.rule.startsWith('ask:') && input.leastAtMs !== null) return 'ask';
  if (verdict.kind === 'safe' && input.leastAtMs !== null) return 'safe';
  return nowMs >= input.longestAtMs ? 'longest' : null;
}

interface Look {
  readonly state: JudgeState;
  /** When only stable answered; null: that is not so. */
  readonly goneAtMs: number | null;
}

/**
 * What the last look of each deployment had folded; a worker without it rebuilds it from the evidence record. Since when the
 * candidate is gone is counted anew by a worker without it, and by each step.
 */
class WatchMemory {
  private readonly looks = new Map<string, Look & { readonly stepId: string }>();

  recall({ deploymentId }: WatchInput): Look | undefined {
    return this.looks.get(deploymentId);
  }

  /** Answers for how long each look of this step has found that only stable answers; null: this one did not. */
  keep({ deploymentId, stepId }: WatchInput, { state, goneAtMs }: Look): number | null {
    const before = this.looks.get(deploymentId);
    const sinceMs = before?.stepId === stepId ? (before.goneAtMs ?? goneAtMs) : goneAtMs;
    this.looks.delete(deploymentId);
    this.looks.set(deploymentId, { state, stepId, goneAtMs: goneAtMs === null ? null : sinceMs });
    const oldest = this.looks.keys().next();
    if (this.looks.size > MOST_WATCHES && oldest.done !== true) this.looks.delete(oldest.value);
    return goneAtMs === null || sinceMs === null ? null : goneAtMs - sinceMs;
  }
}

const MOST_WATCHES = 200;

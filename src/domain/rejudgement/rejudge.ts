import type { Criterion } from '../analysis/criterion';
import {
  foldReading,
  judge,
  openJudge,
  type JudgeConfig,
  type JudgeState,
} from '../analysis/judge';
import { noDataVerdict } from '../analysis/no-data';
import type { Reading } from '../analysis/reading';
import type { Verdict } from '../analysis/verdict';
import type { Window } from '../analysis/window';
import type { BakeLimits } from '../rollout/strategy';

/** A watched step of a past deployment, and the limits that it is held against now. Times in epoch ms. */
export interface PastStep {
  readonly id: string;
  /** `at 5 %`, `in verify`. */
  readonly place: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly limits: BakeLimits;
  /** What was said then; null: nothing is recorded. */
  readonly then: { readonly kind: string; readonly sentence: string } | null;
}

export interface PastRecord {
  /** In order of time. */
  readonly steps: readonly PastStep[];
  /** Each number once, oldest first. */
  readonly windows: readonly Window[];
  /** In any order. */
  readonly readings: readonly Reading[];
}

export interface OtherRules {
  readonly criteria: readonly Criterion[];
  readonly sources: NonNullable<JudgeConfig['sources']>;
}

export interface RejudgedStep {
  readonly step: PastStep;
  /** Null: it would not have come to this step. */
  readonly now: Verdict | null;
  /** Place in the record's windows at which the verdict was reached; null: there is none. */
  readonly place: number | null;
  /** From the step's beginning to the end of that window; null: none of the step's windows was judged. */
  readonly afterMs: number | null;
}

/**
 * A past deployment under other rules, step by step as a watcher would have seen it: harm is reached at the first window that
 * completes a breach, safe at the first that is; everything else is how it stood at the step's last window. The windows are
 * those of the weights that were given then.
 */
export function rejudge(record: PastRecord, rules: OtherRules): readonly RejudgedStep[] {
  const inTime = { ...record, readings: record.readings.toSorted((a, b) => endOf(a) - endOf(b)) };
  let walk = begin(rules);
  const judged: RejudgedStep[] = [];
  for (const [index, step] of record.steps.entries()) {
    if (walk.isHarmed) {
      judged.push({ step, now: null, place: null, afterMs: null });
      continue;
    }
    const untilMs = record.steps[index + 1]?.startedAtMs ?? Number.MAX_VALUE;
    const seen = watchStep(inTime, { step, rules, untilMs }, walk);
    walk = seen.walk;
    judged.push(seen.judged);
  }
  return judged;
}

/** How far the record was read. */
interface Walk {
  readonly state: JudgeState;
  readonly nextWindow: number;
  readonly nextReading: number;
  readonly isHarmed: boolean;
}

interface Watch {
  readonly step: PastStep;
  readonly rules: OtherRules;
  /** When the next step begins. */
  readonly untilMs: number;
}

function begin({ criteria, sources }: OtherRules): Walk {
  const limits = { leastMs: 0, longestMs: 0, minimumRequests: 0 };
  const config = { criteria, limits, sources, stepStartedAtMs: 0, pausedMs: 0 };
  return { state: openJudge(config), nextWindow: 0, nextReading: 0, isHarmed: false };
}

function watchStep(
  { windows, readings }: PastRecord,
  { step, rules, untilMs }: Watch,
  walk: Walk,
): { readonly walk: Walk; readonly judged: RejudgedStep } {
  const config = configOf(step, rules);
  let { state, nextWindow, nextReading } = walk;
  let reached: Reached = { verdict: noDataVerdict(state), place: null, endMs: null };
  for (; nextWindow < windows.length && reached.verdict.kind !== 'harm'; nextWindow += 1) {
    const window = windows[nextWindow];
    if (window === undefined || endOf(window) > untilMs) break;
    for (; isSeenBy(window, readings[nextReading]); nextReading += 1) {
      const reading = readings[nextReading];
      if (reading !== undefined) state = foldReading(config, state, reading);
    }
    const judged = judge(config, state, window);
    state = judged.state;
    reached = later(reached, { verdict: judged.verdict, place: nextWindow, endMs: endOf(window) });
  }
  const { verdict, place, endMs } = reached;
  const afterMs = endMs === null ? null : Math.max(0, endMs - step.startedAtMs);
  return {
    walk: { state, nextWindow, nextReading, isHarmed: verdict.kind === 'harm' },
    judged: { step, now: verdict, place, afterMs },
  };
}

interface Reached {
  readonly verdict: Verdict;
  readonly place: number | null;
  readonly endMs: number | null;
}

/** Safe is where the step would have ended; only harm in what followed under the same weight outranks it. */
function later(reached: Reached, next: Reached): Reached {
  return reached.verdict.kind === 'safe' && next.verdict.kind !== 'harm' ? reached : next;
}

function configOf(
  { startedAtMs, limits }: PastStep,
  { criteria, sources }: OtherRules,
): JudgeConfig {
  return { criteria, limits, sources, stepStartedAtMs: startedAtMs, pausedMs: 0 };
}

function isSeenBy(window: Window, reading: Reading | undefined): boolean {
  return reading !== undefined && endOf(reading) <= endOf(window);
}

function endOf({ fromMs, intervalMs }: Window | Reading): number {
  return fromMs + intervalMs;
}

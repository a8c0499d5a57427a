import type { LineDecision } from './next-move';

/** What a newcomer has asked of a running deployment, and whether that said no. Times in epoch ms. */
export interface Asked {
  readonly runId: string;
  readonly decision: LineDecision;
  /** How often it was asked anew, from 1. */
  readonly time: number;
  readonly atMs: number;
  readonly isRefused: boolean;
}

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * The number of the question to send now; null: it was asked a moment ago. Without an answer it is the same question
 * again; what was refused is a new one after a pause that grows, because what stood in its way may have passed.
 */
export function questionNumber(last: Asked | null, nowMs: number): number | null {
  if (last === null) return 1;
  if (nowMs < last.atMs + pauseAfterMs(last.time)) return null;
  return last.isRefused ? last.time + 1 : last.time;
}

function pauseAfterMs(time: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(time - 1, 10), LONGEST_PAUSE_MS);
}

export interface Question {
  readonly newcomer: string;
  readonly runId: string;
  readonly decision: LineDecision;
  readonly time: number;
}

/** The same for every worker that asks the same: however often it arrives, it is one decision. */
export function lineDecisionId({ newcomer, runId, decision, time }: Question): string {
  return `line-${newcomer}-${runId}-${decision}-${time}`;
}

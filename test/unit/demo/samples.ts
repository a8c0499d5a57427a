import type { LoadRecord } from '../../../tools/load/load.mjs';
import type { DemoStatus } from '../../../tools/demo/tally.mjs';

export const CANDIDATE = `sha256:${'c'.repeat(64)}`;

/** Counts from midnight of some day, so that tests read in milliseconds. */
export function at(ms: number): string {
  return new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
}

export function atMs(ms: number): number {
  return Date.parse(at(ms));
}

export function status(differs: Partial<DemoStatus> = {}): DemoStatus {
  return {
    phase: 'ended',
    step: null,
    live: false,
    outcome: 'succeeded',
    cause: null,
    revision: CANDIDATE,
    waitingFor: null,
    weights: null,
    observed: null,
    liveAt: at(9_000),
    endedAt: at(20_000),
    decidedAt: null,
    safeAt: null,
    decisions: [],
    ...differs,
  };
}

export const ROLLED_BACK = status({
  outcome: 'rolled-back',
  liveAt: null,
  decidedAt: at(12_000),
  safeAt: at(12_080),
});

export function record(id: string, differs: Partial<LoadRecord> = {}): LoadRecord {
  const startedAtMs = differs.startedAtMs ?? atMs(1_000);
  return {
    id,
    dueAtMs: startedAtMs,
    startedAtMs,
    endedAtMs: startedAtMs + 4,
    method: 'GET',
    path: '/',
    outcome: 'status',
    status: 200,
    revision: CANDIDATE,
    router: null,
    ...differs,
  };
}

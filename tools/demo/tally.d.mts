import type { LoadRecord } from '../load/load.mjs';

/** What of `belay status --output json` the demo reads. */
export interface DemoStatus {
  readonly phase: string;
  readonly step: string | null;
  readonly live: boolean;
  readonly outcome: string | null;
  readonly cause: string | null;
  readonly revision: string | null;
  readonly waitingFor: string | null;
  readonly weights: { readonly stable: number; readonly candidate: number } | null;
  readonly observed: { readonly stable: number; readonly candidate: number } | null;
  readonly liveAt: string | null;
  readonly endedAt: string | null;
  readonly decidedAt: string | null;
  readonly safeAt: string | null;
  readonly decisions: readonly {
    readonly kind: string;
    readonly effect: string;
    readonly issuedAt: string | null;
  }[];
}

export interface Played {
  readonly name: string;
  readonly startedAtMs: number;
  readonly status: DemoStatus;
}

export interface ScenarioFigures {
  readonly name: string;
  readonly outcome: string;
  readonly seconds: number | null;
  readonly requests: number;
  readonly failedByRouter: number;
  readonly failedByRevision: number;
  readonly exposed: number;
  readonly rollbackMs: number | null;
}

export interface Figures {
  readonly scenarios: readonly ScenarioFigures[];
  readonly requests: number;
  readonly failedByRouter: number;
  readonly routerFailures: readonly LoadRecord[];
}

export function tally(seen: {
  readonly played: readonly Played[];
  readonly records: readonly LoadRecord[];
  readonly instanceLogIds: ReadonlySet<string>;
}): Figures;
export function outcomeOf(status: DemoStatus): string;
export function rollbackMs(
  status: Pick<DemoStatus, 'decisions' | 'decidedAt' | 'safeAt'>,
): number | null;

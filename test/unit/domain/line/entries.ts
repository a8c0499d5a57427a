import type { LineEntry, LineKind } from '../../../../src/domain/line/line-entry';
import type { RunningDeployment } from '../../../../src/domain/line/next-move';
import { aRequest, OLD, PLAN, REF } from '../../client/samples';

export const HOUR_MS = 3_600_000;

export interface EntryChange {
  readonly requestKey?: string;
  readonly joinedAtMs?: number;
  readonly waitMs?: number;
}

/** One that waits, named by what it is called: `a` is `shop-production-a`. */
export function anEntry(name: string, kind: LineKind, change: EntryChange = {}): LineEntry {
  const { requestKey = null, joinedAtMs = 0, waitMs = HOUR_MS } = change;
  const back = { kind: 'revision', revision: OLD, artifact: PLAN, commit: null } as const;
  const request = aRequest({
    deploymentId: idOf(name),
    requestKey,
    ...(kind === 'rollback' ? { artifact: back } : {}),
  });
  return { request, kind, joinedAtMs, deadlineMs: joinedAtMs + waitMs };
}

export function idOf(name: string): string {
  return `${REF.service}-${REF.environment}-${name}`;
}

export function aRunning(change: Partial<RunningDeployment> = {}): RunningDeployment {
  return {
    deploymentId: idOf('running'),
    runId: 'run-1',
    phase: 'rollout',
    trafficPercent: 0,
    requestKey: null,
    isWayBack: false,
    ...change,
  };
}

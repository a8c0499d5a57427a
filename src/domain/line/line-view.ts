import type { ServiceRef } from '../deployment';
import { staying, type Line, type PastEntry } from './line';
import type { LineKind } from './line-entry';

/** What the query `line` answers: who waits, in order, and what became of the last ones. Times in epoch ms. */
export interface LineView extends ServiceRef {
  readonly waiting: readonly LinePlace[];
  /** The newest last. */
  readonly past: readonly PastEntry[];
}

export interface LinePlace {
  readonly deploymentId: string;
  /** 1: it is next. */
  readonly place: number;
  readonly kind: LineKind;
  readonly initiator: string;
  readonly reason: string | null;
  readonly joinedAtMs: number;
  readonly deadlineMs: number;
}

export function lineView({ service, environment }: ServiceRef, line: Line): LineView {
  const waiting = staying(line).map(({ request, kind, joinedAtMs, deadlineMs }, index) => ({
    deploymentId: request.deploymentId,
    place: index + 1,
    kind,
    initiator: request.initiator,
    reason: request.reason,
    joinedAtMs,
    deadlineMs,
  }));
  return { service, environment, waiting, past: line.past };
}

import { CancellationScope, condition } from '@temporalio/workflow';
import { beginTurn, endTurn, headOf, isTurnOver, nextDeadlineMs } from '../../domain/line/line';
import type { LineEnd } from '../../domain/line/line-end';
import type { LineEntry } from '../../domain/line/line-entry';
import { sentenceOf } from '../departure';
import type { LineKeeper } from './line-keeper';
import { lineActivitiesFor } from './proxies';

/**
 * Tries to start the head of the line until it is started, leaves, or has to let another one go first. `isBroken`: the
 * turn ends for another reason, and the head keeps its place.
 */
export async function takeTurn(keeper: LineKeeper, isBroken: () => boolean): Promise<void> {
  const entry = headOf(keeper.line);
  if (entry === null) return;
  keeper.change((line) => beginTurn(line, entry));
  const found = await tried(keeper, entry, isBroken);
  keeper.change((line, nowMs) => endTurn(line, found, nowMs));
}

type Tried = { readonly end: LineEnd } | { readonly error: unknown };

/** What came of it for certain; null: it was not started. */
async function tried(
  keeper: LineKeeper,
  entry: LineEntry,
  isBroken: () => boolean,
): Promise<LineEnd | null> {
  const activities = lineActivitiesFor(keeper.ref.environment);
  const scope = new CancellationScope({ cancellable: true });
  const answer: { tried: Tried | null } = { tried: null };
  const summary = `Start ${entry.request.deploymentId} when the lock is free`;
  const trying = scope
    .run(() => activities.takeTurn.executeWithOptions({ summary }, [entry]))
    .then<Tried, Tried>(
      (end) => (answer.tried = { end }),
      (error: unknown) => (answer.tried = { error }),
    );
  await untilOver(keeper, () => answer.tried !== null || isTurnOver(keeper.line) || isBroken());
  const isBrokenOff = answer.tried === null;
  scope.cancel();
  const last = await trying;
  if ('end' in last) return last.end;
  if (!isBrokenOff) {
    return { kind: 'refused', why: 'not-startable', sentence: sentenceOf(last.error) };
  }
  // An attempt whose answer got lost may have started it.
  const runId = await activities.findStarted(entry.request);
  return runId === null ? null : { kind: 'started', runId };
}

/** A deadline from elsewhere may lie further away than a timer reaches. */
const LONGEST_TIMER_MS = 24 * 60 * 60_000;

/** Wakes with every change, and when somebody has waited long enough. */
async function untilOver(keeper: LineKeeper, isOver: () => boolean): Promise<void> {
  for (;;) {
    keeper.expire();
    const { changes } = keeper;
    const deadlineMs = nextDeadlineMs(keeper.line);
    if (isOver() || deadlineMs === null) return;
    const wakes = (): boolean => isOver() || keeper.changes !== changes;
    const waitMs = Math.min(deadlineMs - Date.now(), LONGEST_TIMER_MS);
    await condition(wakes, Math.max(1, waitMs));
  }
}

import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ServiceRef } from '../domain/deployment';
import { EMPTY_LINE, type Line } from '../domain/line/line';
import { LineKeeper } from './line/line-keeper';
import { takeTurn } from './line/take-turn';
import { joinSignal, leaveSignal, lineQuery } from './messages';

export interface LineInput extends ServiceRef {
  /** What an earlier run handed on; left out by those who join. */
  readonly handedOn?: Line;
}

/**
 * Who waits for the lock of one service in one environment. Its id is `line/{service}/{environment}`; it lives as long as
 * somebody waits. Whoever joined may be gone: nothing depends on a client.
 */
export async function line({ handedOn = EMPTY_LINE, ...ref }: LineInput): Promise<void> {
  const keeper = new LineKeeper(ref, handedOn);
  setHandler(joinSignal, (payload: unknown) => keeper.join(payload));
  setHandler(leaveSignal, (payload: unknown) => keeper.leave(payload));
  setHandler(lineQuery, () => keeper.view());
  CancellationScope.current().cancelRequested.catch(() => keeper.sendAllAway());
  await CancellationScope.nonCancellable(async () => {
    await condition(() => keeper.hasWaiting, FIRST_WITHIN_MS);
    while (keeper.hasWaiting && !isLong()) await takeTurn(keeper, isLong);
    await condition(allHandlersFinished);
  });
  // Nothing is awaited from here on: who joined meanwhile is not lost, and who joins now starts the task again.
  if (keeper.hasWaiting) await continueAsNew<typeof line>({ ...ref, handedOn: keeper.line });
}

/** The first one joins with the start; this run would otherwise wait for nobody. */
const FIRST_WITHIN_MS = 10_000;
const LONG_EVENTS = 1_000;

function isLong(): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return historyLength > LONG_EVENTS || continueAsNewSuggested;
}

import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { temporal } from '@temporalio/proto';
import { taskBoundariesOf, type HistoryEvent } from './history';
import { workflowBundlePath } from './workflow-bundle';

export interface NamedHistory {
  readonly name: string;
  readonly events: readonly HistoryEvent[];
}

/**
 * Replays through the SDK's public API, its core included: which of the histories the workflow code of today does not
 * follow, and why. Empty: all are followed.
 */
export async function replayFailures(
  histories: readonly NamedHistory[],
): Promise<readonly { readonly name: string; readonly problem: string }[]> {
  hush();
  const workflowBundle = { codePath: await workflowBundlePath() };
  const input = histories.map(({ name, events }) => ({
    workflowId: name,
    history: temporal.api.history.v1.History.create({ events: [...events] } as never),
  }));
  const failures: { name: string; problem: string }[] = [];
  let replayed = 0;
  for await (const result of Worker.runReplayHistories({ workflowBundle }, input)) {
    replayed += 1;
    if (result.error) failures.push({ name: result.workflowId, problem: result.error.message });
  }
  if (replayed !== histories.length) {
    throw new Error(`only ${replayed} of ${histories.length} histories were replayed`);
  }
  return failures;
}

/** What a worker sees that takes the run over at each of its workflow tasks. */
export function prefixesOf({ name, events }: NamedHistory): readonly NamedHistory[] {
  return taskBoundariesOf(events).map((length) => ({
    name: `${name}, its first ${length} events`,
    events: events.slice(0, length),
  }));
}

let isHushed = false;

function hush(): void {
  if (!isHushed) Runtime.install({ logger: new DefaultLogger('ERROR') });
  isHushed = true;
}

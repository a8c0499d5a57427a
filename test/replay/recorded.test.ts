import { historyFromJson, historyToJson, recordedHistories } from '../support/history-file';
import { prefixesOf, replayFailures, type NamedHistory } from '../support/simulator/replay';
import { PLAIN, bakingAt, decide } from '../support/simulator/scenario';
import { simulate } from '../support/simulator/simulate';

/** What `recordHistory` kept of runs on a real server. */
function recorded(): readonly NamedHistory[] {
  return recordedHistories().map(({ name, history }) => ({ name, events: history.events ?? [] }));
}

/** Through the same JSON, so that the way of a recorded history is walked even before there is one. */
async function simulated(): Promise<NamedHistory> {
  const { run } = await simulate({
    ...PLAIN,
    happenings: [{ when: bakingAt(50), plusMs: 900, what: decide('rollback') }],
  });
  const text = JSON.stringify(historyToJson(run.history.asProto()));
  return { name: 'simulated', events: historyFromJson(JSON.parse(text)).events ?? [] };
}

test('every recorded history replays, and so does every prefix at a workflow task', async () => {
  const histories = [...recorded(), await simulated()];
  expect(recorded().length).toBeGreaterThanOrEqual(10);
  for (const { events } of histories) expect(events.length).toBeGreaterThan(10);
  expect(await replayFailures([...histories, ...histories.flatMap(prefixesOf)])).toEqual([]);
});

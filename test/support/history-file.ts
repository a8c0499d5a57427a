import { mkdirSync, readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { History } = temporal.api.history.v1;
type History = temporal.api.history.v1.IHistory;

const HISTORIES = path.join(__dirname, '../replay/histories');

/**
 * Keeps the history of a run on a real server for the replay tests, as `{name}.json`; only with `BELAY_RECORD=1`, so
 * that an ordinary test run changes no file. Answers the path, or null where nothing was written.
 */
export async function recordHistory(
  handle: Pick<WorkflowHandle, 'fetchHistory'>,
  name: string,
): Promise<string | null> {
  if (process.env['BELAY_RECORD'] !== '1') return null;
  const file = path.join(HISTORIES, `${name}.json`);
  mkdirSync(HISTORIES, { recursive: true });
  writeFileSync(file, `${JSON.stringify(historyToJson(await handle.fetchHistory()), null, 1)}\n`);
  return file;
}

/** Every kept history, by file name. */
export function recordedHistories(): readonly {
  readonly name: string;
  readonly history: History;
}[] {
  if (!existsSync(HISTORIES)) return [];
  const files = readdirSync(HISTORIES).filter((file) => file.endsWith('.json'));
  return files.map((name) => {
    const text = readFileSync(path.join(HISTORIES, name), 'utf8');
    return { name, history: historyFromJson(JSON.parse(text)) };
  });
}

/**
 * Not the JSON of Temporal's own tools: the SDK's converter needs one single copy of its protobuf library, which npm does
 * not grant. This is the same data in the library's plain objects.
 */
export function historyToJson(history: History): object {
  const plain = History.toObject(History.fromObject(history), {
    longs: String,
    enums: String,
    bytes: String,
  });
  return JSON.parse(JSON.stringify(plain, withoutHost)) as object;
}

/** Who ran it, and from which folder, says nothing about how it replays, and names the machine. */
function withoutHost(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return '';
  return key === 'identity' ? 'a-worker' : value;
}

export function historyFromJson(json: unknown): History {
  return History.fromObject(json as Record<string, unknown>);
}

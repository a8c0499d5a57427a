import type { LoadRecord } from '../../tools/load/load.mjs';

export interface Seen {
  requests: number;
  readonly failures: LoadRecord[];
  readonly lastStartMs: Map<string, number>;
}

export interface SeenLoad {
  readonly lastStartMs: ReadonlyMap<string, number>;
  catchUp(): Promise<void>;
  lookAgain(): Promise<void>;
  requests(): number;
  routerFailures(): readonly LoadRecord[];
  failedByRevision(): number;
}

export function openSeenLoad(where: {
  readonly file: string;
  readonly instanceLogs: string;
}): SeenLoad;
export function takeRecord(seen: Seen, record: LoadRecord): void;

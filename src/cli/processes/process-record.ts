import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { homeLayout } from '../../domain/home-layout';
import type { ProcessIdentity } from '../../client/process-identity';

/** `BELAY_HOME/processes.json`: what `belay up` started, and where it listens. */
export interface ProcessRecord {
  readonly schemaVersion: 1;
  readonly temporal: TemporalProcess | null;
  readonly platform: ProcessIdentity | null;
  readonly worker: WorkerProcess | null;
}

export interface TemporalProcess extends ProcessIdentity {
  /** `host:port`. */
  readonly address: string;
  readonly webUrl: string;
  readonly server: string;
}

export interface WorkerProcess extends ProcessIdentity {
  /** The Temporal that it works for. */
  readonly address: string;
}

const NOTHING: ProcessRecord = { schemaVersion: 1, temporal: null, platform: null, worker: null };

/** What cannot be read counts as nothing started. */
export function readProcesses(home: string): ProcessRecord {
  try {
    const value = JSON.parse(readFileSync(homeLayout(home).processes, 'utf8')) as ProcessRecord;
    return { ...NOTHING, ...value };
  } catch {
    return NOTHING;
  }
}

/** Replaces the named entries; readers see the old file or the new one, never half of it. */
export function recordProcesses(
  home: string,
  change: Partial<Omit<ProcessRecord, 'schemaVersion'>>,
): ProcessRecord {
  const file = homeLayout(home).processes;
  const record = { ...readProcesses(home), ...change };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return record;
}

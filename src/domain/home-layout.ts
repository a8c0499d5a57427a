import type { Digest } from './revision';

/** Where everything lies inside `BELAY_HOME`. Paths are plain strings joined with `/`. */
export interface HomeLayout {
  readonly home: string;
  /** Temporal's database, its version note, and its log. */
  readonly temporal: string;
  /** The platform's state file, journal and instance logs. */
  readonly platform: string;
  readonly platformState: string;
  readonly platformJournal: string;
  readonly instanceLogs: string;
  readonly artifacts: string;
  readonly evidence: string;
  readonly ledger: string;
  /** One registered environment a file. */
  readonly environments: string;
  /** What each environment serves, and its holds. */
  readonly records: string;
  /** What people are still to be told, see `adapters/notifiers/outbox`. */
  readonly notifications: string;
  readonly secrets: string;
  readonly logs: string;
  /** Pid, start time and addresses of the processes that `belay up` started. */
  readonly processes: string;
}

export function homeLayout(home: string): HomeLayout {
  return {
    home,
    temporal: `${home}/temporal`,
    platform: `${home}/platform`,
    platformState: `${home}/platform/state.json`,
    platformJournal: `${home}/platform/journal.jsonl`,
    instanceLogs: `${home}/platform/logs`,
    artifacts: `${home}/artifacts`,
    evidence: `${home}/evidence`,
    ledger: `${home}/ledger`,
    environments: `${home}/environments`,
    records: `${home}/records`,
    notifications: `${home}/notifications`,
    secrets: `${home}/secrets`,
    logs: `${home}/logs`,
    processes: `${home}/processes.json`,
  };
}

/** The folder that holds an artifact's files exactly as they were stored. */
export function artifactFiles(home: string, artifact: Digest): string {
  return `${home}/artifacts/${artifact.replace(/^sha256:/, '')}/files`;
}

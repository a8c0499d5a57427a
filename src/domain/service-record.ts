import type { Criterion } from './analysis/criterion';
import type { MonitoringPolicy } from './monitoring/policy';
import type { Digest, Revision } from './revision';

/** What an environment serves, and which revisions may not be deployed there. */
export interface ServiceRecord {
  readonly stable: StableEntry | null;
  readonly holds: readonly Hold[];
  /** The fleet that a live deployment left standing by when it made way; null: none. */
  readonly warm: WarmEntry | null;
}

export interface StableEntry {
  readonly revision: Revision;
  readonly deploymentId: string;
  readonly sinceMs: number;
  /** How many instances it ran on. */
  readonly instances: number;
}

/** An undo window that outlives its deployment: the newcomer inherits it, with the watch on what is stable now. */
export interface WarmEntry {
  /** What served before {@link ServiceRecord.stable}, and still stands. */
  readonly revision: Revision;
  /** The deployment that brought it. */
  readonly broughtBy: string;
  readonly instances: number;
  /** The deployment that made way; its evidence goes on. */
  readonly deploymentId: string;
  /** Until then the fleet stands by. */
  readonly untilMs: number;
  readonly criteria: readonly Criterion[];
  /** What sees those criteria. An entry of an older version does not say. */
  readonly monitoring?: Pick<MonitoringPolicy, 'monitors' | 'performance' | 'probe' | 'sources'>;
  readonly evidenceFromMs: number;
}

export interface Hold {
  readonly revision: Digest;
  readonly deploymentId: string;
  readonly atMs: number;
  readonly by: string;
  readonly reason: string;
}

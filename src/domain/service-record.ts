import type { Digest, Revision } from './revision';

/** What an environment serves, and which revisions may not be deployed there. */
export interface ServiceRecord {
  readonly stable: StableEntry | null;
  readonly holds: readonly Hold[];
}

export interface StableEntry {
  readonly revision: Revision;
  readonly deploymentId: string;
  readonly sinceMs: number;
}

export interface Hold {
  readonly revision: Digest;
  readonly deploymentId: string;
  readonly atMs: number;
  readonly by: string;
  readonly reason: string;
}

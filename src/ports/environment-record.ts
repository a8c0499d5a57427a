import type { ServiceRef } from '../domain/deployment';
import type { Digest, Revision } from '../domain/revision';

/** What an environment serves, and which revisions may not be deployed there. */
export interface EnvironmentRecord {
  read(ref: ServiceRef): Promise<ServiceRecord>;
  /** The revision serves everybody and was verified. Repeating it changes nothing. */
  setStable(ref: ServiceRef, entry: StableEntry | null): Promise<void>;
  hold(ref: ServiceRef, hold: Hold): Promise<void>;
  /** Answers whether there was such a hold. */
  lift(ref: ServiceRef, revision: Digest): Promise<boolean>;
}

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

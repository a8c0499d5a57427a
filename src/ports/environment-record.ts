import type { ServiceRef } from '../domain/deployment';
import type { Digest } from '../domain/revision';
import type { Hold, ServiceRecord, StableEntry, WarmEntry } from '../domain/service-record';

/** What an environment serves, and which revisions may not be deployed there. */
export interface EnvironmentRecord {
  read(ref: ServiceRef): Promise<ServiceRecord>;
  /** The revision serves everybody and was verified. Repeating it changes nothing. */
  setStable(ref: ServiceRef, entry: StableEntry | null): Promise<void>;
  /** Repeating it changes nothing; null: nothing stands by any more. */
  setWarm(ref: ServiceRef, entry: WarmEntry | null): Promise<void>;
  hold(ref: ServiceRef, hold: Hold): Promise<void>;
  /** Answers whether there was such a hold. */
  lift(ref: ServiceRef, revision: Digest): Promise<boolean>;
}

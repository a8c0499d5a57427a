import type { ServiceRef } from '../domain/deployment';
import type { Digest } from '../domain/revision';
import type { Hold, StableEntry, WarmEntry } from '../domain/service-record';
import type { LedgerClosing, LedgerOpening } from '../domain/ledger-record';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';

/** What outlives a deployment: the ledger, what serves, which revisions are on hold. */
export interface RecordActivities {
  openRecord(opening: LedgerOpening): Promise<void>;
  closeRecord(input: {
    readonly deploymentId: string;
    readonly closing: LedgerClosing;
  }): Promise<void>;
  /** `null`: nothing serves any more (a first deployment that was undone). */
  recordStable(input: {
    readonly ref: ServiceRef;
    readonly stable: StableEntry | null;
  }): Promise<void>;
  /** `null`: nothing stands by any more. */
  recordWarm(input: { readonly ref: ServiceRef; readonly warm: WarmEntry | null }): Promise<void>;
  /** Whether this revision has served everybody there, by a deployment that ended well. */
  hasServed(input: { readonly ref: ServiceRef; readonly revision: Digest }): Promise<boolean>;
  holdRevision(input: { readonly ref: ServiceRef; readonly hold: Hold }): Promise<void>;
}

export function createRecordActivities(deps: ActivityDependencies): RecordActivities {
  return {
    openRecord: asActivity((opening) => deps.ledger.open(opening)),
    closeRecord: asActivity(({ deploymentId, closing }) =>
      deps.ledger.close(deploymentId, closing),
    ),
    recordStable: asActivity(({ ref, stable }) => deps.records.setStable(ref, stable)),
    recordWarm: asActivity(({ ref, warm }) => deps.records.setWarm(ref, warm)),
    hasServed: asActivity(async ({ ref, revision }) => {
      const records = await deps.ledger.list({ ...ref, limit: MOST_RECORDS });
      return records.some(
        ({ closing }) => closing?.outcome === 'succeeded' && closing.candidate === revision,
      );
    }),
    holdRevision: asActivity(({ ref, hold }) => deps.records.hold(ref, hold)),
  };
}

/** Years of deployments of one service. */
const MOST_RECORDS = 10_000;

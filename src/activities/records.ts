import type { ServiceRef } from '../domain/deployment';
import type { Hold, StableEntry } from '../domain/service-record';
import type { LedgerClosing, LedgerOpening } from '../domain/ledger-record';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';

/** What outlives a deployment: the ledger, what serves, which revisions are on hold; and alerts. */
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
  holdRevision(input: { readonly ref: ServiceRef; readonly hold: Hold }): Promise<void>;
  raiseAlert(message: string): Promise<void>;
}

export function createRecordActivities(deps: ActivityDependencies): RecordActivities {
  return {
    openRecord: asActivity((opening) => deps.ledger.open(opening)),
    closeRecord: asActivity(({ deploymentId, closing }) =>
      deps.ledger.close(deploymentId, closing),
    ),
    recordStable: asActivity(({ ref, stable }) => deps.records.setStable(ref, stable)),
    holdRevision: asActivity(({ ref, hold }) => deps.records.hold(ref, hold)),
    raiseAlert: asActivity((message) => {
      deps.log('error', message);
      return Promise.resolve();
    }),
  };
}

import type { LedgerClosing, LedgerRecord } from '../ledger-record';
import type { Digest, Revision } from '../revision';
import { diffRevisions, type RevisionContent } from '../rollback/diff-revisions';
import type { RevisionDifference } from '../rollback/rollback-analysis';
import type { Hold, ServiceRecord } from '../service-record';

/** A revision that has served everybody, and what there is to know before it is brought back. Times in epoch ms. */
export interface RollbackCandidate {
  readonly revision: Digest;
  readonly commit: string | null;
  /** What brought it the last time. */
  readonly deploymentId: string;
  readonly servedFromMs: number;
  /** When the next one was live; null: none came after it. */
  readonly servedUntilMs: number | null;
  readonly isServing: boolean;
  readonly hold: Hold | null;
  readonly stored: StoredRevision;
  /** What bringing it back changes; null where that cannot be read any more, or it serves. */
  readonly difference: RevisionDifference | null;
}

/** `damaged`: something of it is there, and is not what was stored. */
export type StoredRevision =
  | { readonly state: 'kept'; readonly revision: Revision }
  | { readonly state: 'pruned' }
  | { readonly state: 'damaged' };

export interface CandidateSources {
  /** The ledger's, of one service in one environment. */
  readonly records: readonly LedgerRecord[];
  readonly service: ServiceRecord;
  /** What all traffic is sent to right now; null: not known, the service's record has the word. */
  readonly routedTo: ReadonlySet<Digest> | null;
  /** By revision; what is not named was pruned. */
  readonly stored: ReadonlyMap<Digest, RevisionContent | 'damaged'>;
}

/** Every revision that served everybody and was not taken back, the newest first; each once. */
export function rollbackCandidates(sources: CandidateSources): readonly RollbackCandidate[] {
  const periods = servicePeriods(sources);
  const revisions = new Set(periods.map(({ revision }) => revision));
  return [...revisions]
    .map((revision) => periods.find((period) => period.revision === revision))
    .filter((period) => period !== undefined)
    .map((period) => candidateOf(period, sources));
}

interface Period {
  readonly revision: Digest;
  readonly commit: string | null;
  readonly deploymentId: string;
  readonly servedFromMs: number;
  readonly servedUntilMs: number | null;
}

/** The newest first. What serves now counts even where the ledger has lost it. */
function servicePeriods({ records, service: { stable } }: CandidateSources): readonly Period[] {
  const served = records.flatMap(({ deploymentId, commit, closing }) =>
    servedFully(closing)
      ? [{ deploymentId, commit, revision: closing.candidate, servedFromMs: closing.liveAtMs }]
      : [],
  );
  const isKnown = served.some(({ deploymentId }) => deploymentId === stable?.deploymentId);
  if (stable !== null && !isKnown) {
    const { revision, deploymentId, sinceMs } = stable;
    const { digest, commit } = revision;
    served.push({ deploymentId, commit, revision: digest, servedFromMs: sinceMs });
  }
  const newestFirst = served.sort((a, b) => b.servedFromMs - a.servedFromMs);
  return newestFirst.map((one, index) => ({
    ...one,
    servedUntilMs: untilOf(one.revision, newestFirst.slice(0, index)),
  }));
}

type Served = LedgerClosing & { readonly candidate: Digest; readonly liveAtMs: number };

function servedFully(closing: LedgerClosing | null): closing is Served {
  return (
    closing?.outcome === 'succeeded' && closing.candidate !== null && closing.liveAtMs !== null
  );
}

/** The oldest of those that came later and brought something else. */
function untilOf(
  revision: Digest,
  later: readonly { readonly revision: Digest; readonly servedFromMs: number }[],
): number | null {
  return later.findLast((one) => one.revision !== revision)?.servedFromMs ?? null;
}

function candidateOf(period: Period, sources: CandidateSources): RollbackCandidate {
  const { service, stored } = sources;
  const content = stored.get(period.revision);
  const isServing = serves(period.revision, sources);
  return {
    ...period,
    isServing,
    hold: service.holds.find(({ revision }) => revision === period.revision) ?? null,
    stored: storedAs(content),
    difference: isServing ? null : differenceTo(content, sources),
  };
}

/** A recorded stable revision that was left with a part of the traffic can be brought back like any other. */
function serves(revision: Digest, { service, routedTo }: CandidateSources): boolean {
  if (service.stable?.revision.digest !== revision) return false;
  return routedTo === null || (routedTo.size === 1 && routedTo.has(revision));
}

function storedAs(content: RevisionContent | 'damaged' | undefined): StoredRevision {
  if (content === undefined) return { state: 'pruned' };
  if (content === 'damaged') return { state: 'damaged' };
  return { state: 'kept', revision: content.revision };
}

function differenceTo(
  content: RevisionContent | 'damaged' | undefined,
  { service, stored }: CandidateSources,
): RevisionDifference | null {
  const serving = stored.get(service.stable?.revision.digest ?? '');
  if (content === undefined || content === 'damaged') return null;
  if (serving === undefined || serving === 'damaged') return null;
  return diffRevisions(serving, content);
}

import type { CandidateSources } from '../../../../src/domain/history/rollback-candidates';
import type { LedgerClosing, LedgerRecord } from '../../../../src/domain/ledger-record';
import type { Digest, Revision } from '../../../../src/domain/revision';
import type { RevisionContent } from '../../../../src/domain/rollback/diff-revisions';
import { aRequest } from '../../../support/requests';

export const SHOP = { service: 'shop', environment: 'production' };
export const MINUTE_MS = 60_000;

/** `a` stands for the revision whose digest is 64 times `a`. */
export function digestOf(letter: string): Digest {
  return `sha256:${letter.repeat(64)}`;
}

/** A deployment that brought this revision to everybody at this minute. */
export function served(
  letter: string,
  minute: number,
  change: Partial<LedgerClosing> = {},
): LedgerRecord {
  const atMs = minute * MINUTE_MS;
  return {
    recordVersion: 1,
    deploymentId: `shop-production-${letter}${minute}`,
    workflowId: 'deploy/shop/production',
    runId: `run-${minute}`,
    ...SHOP,
    initiator: 'ada',
    reason: null,
    commit: `commit-${letter}`,
    openedAtMs: atMs - 1_000,
    restores: null,
    closing: {
      outcome: 'succeeded',
      cause: 'serves everybody',
      stable: null,
      candidate: digestOf(letter),
      strategy: 'blue-green',
      planDigest: null,
      phases: [],
      firstTrafficAtMs: atMs - 500,
      liveAtMs: atMs,
      safeAtMs: null,
      closedAtMs: atMs + 1_000,
      exposure: { requests: 100, errors: 0 },
      verdicts: [],
      leftBehind: [],
      decisions: [],
      undone: [],
      rollback: null,
      ...change,
    },
  };
}

export function revision(letter: string): Revision {
  const { command, env, secrets, health, stopGraceMs } = aRequest().run;
  return {
    digest: digestOf(letter),
    artifact: digestOf('f'),
    ...{ command, env, secrets, health, stopGraceMs },
    commit: `commit-${letter}`,
  };
}

export function content(letter: string): RevisionContent {
  const entries = [{ path: 'server.js', sha256: letter }];
  return { revision: revision(letter), manifest: { entries } };
}

/** `serving` is stable with all traffic; everything is in the store. */
export function sources(
  records: readonly LedgerRecord[],
  serving: string,
  change: Partial<CandidateSources> = {},
): CandidateSources {
  const letters = ['a', 'b', 'c', 'd'];
  const newest = records.find(({ closing }) => closing?.candidate === digestOf(serving));
  return {
    records,
    service: {
      stable: {
        revision: revision(serving),
        deploymentId: newest?.deploymentId ?? 'shop-production-lost',
        sinceMs: newest?.closing?.liveAtMs ?? 0,
        instances: 2,
      },
      holds: [],
      warm: null,
    },
    routedTo: null,
    stored: new Map(letters.map((letter) => [digestOf(letter), content(letter)])),
    ...change,
  };
}

export function holdOf(letter: string) {
  return { revision: digestOf(letter), deploymentId: 'x', atMs: 0, by: 'ada', reason: 'slow' };
}

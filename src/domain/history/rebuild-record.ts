import type { DeploymentRequest, ServiceRef } from '../deployment';
import type { LedgerClosing, LedgerOpening, LedgerRecord } from '../ledger-record';
import type { Outcome } from '../outcome';
import type { Digest, Revision } from '../revision';
import { completedClosing, completedOpening } from './completed-record';

/** All that Temporal still knows of one run of the workflow `deploy`. Times in epoch ms; null: not recorded. */
export interface RunFacts {
  readonly ref: ServiceRef;
  readonly deploymentId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly startedAtMs: number;
  readonly closedAtMs: number | null;
  readonly end: RunEnd;
  readonly initiator: string | null;
  readonly request: DeploymentRequest | null;
  /** What the run asked its worker to write into the ledger, whether that was done or not. */
  readonly opening: LedgerOpening | null;
  readonly closing: LedgerClosing | null;
  readonly candidate: Revision | null;
}

export type RunEnd =
  | { readonly kind: 'running' }
  | { readonly kind: 'outcome'; readonly outcome: RunResult }
  /** Cancelled before its first step. */
  | { readonly kind: 'cancelled' }
  /** Terminated or timed out from outside. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

export interface RunResult {
  readonly outcome: Outcome;
  readonly cause: string;
  readonly revision: Digest | null;
  readonly serving: Digest | null;
  readonly leftBehind: readonly string[];
}

export interface RebuiltRecord {
  readonly record: LedgerRecord;
  /** `history`: exactly what was written. `result`: how it ended. `state`: that it ended. `open`: it runs. */
  readonly from: 'history' | 'result' | 'state' | 'open';
}

/** The ledger's record of a run, as near to what was written as Temporal's knowledge goes. */
export function rebuildRecord(facts: RunFacts): RebuiltRecord {
  const opening = facts.opening === null ? openingOf(facts) : completedOpening(facts.opening);
  if (facts.end.kind === 'running') return { record: { ...opening, closing: null }, from: 'open' };
  if (facts.closing !== null) {
    return { record: { ...opening, closing: completedClosing(facts.closing) }, from: 'history' };
  }
  const closing = { ...bareClosing(facts), ...endOf(facts, facts.end) };
  return {
    record: { ...opening, closing },
    from: facts.end.kind === 'outcome' ? 'result' : 'state',
  };
}

function openingOf(facts: RunFacts): LedgerOpening {
  const { ref, deploymentId, workflowId, runId, request } = facts;
  return {
    recordVersion: 1,
    deploymentId,
    workflowId,
    runId,
    service: ref.service,
    environment: ref.environment,
    ...(request === null ? whatIsLeft(facts) : whatWasAsked(request)),
  };
}

type Asked = Pick<LedgerOpening, 'initiator' | 'reason' | 'commit' | 'openedAtMs' | 'restores'>;

function whatWasAsked(request: DeploymentRequest): Asked {
  const { initiator, reason, artifact, requestedAtMs, restores } = request;
  return { initiator, reason, commit: artifact.commit, openedAtMs: requestedAtMs, restores };
}

function whatIsLeft({ initiator, startedAtMs }: RunFacts): Asked {
  return {
    initiator: initiator ?? '',
    reason: null,
    commit: null,
    openedAtMs: startedAtMs,
    restores: null,
  };
}

type Ending = Pick<LedgerClosing, 'outcome' | 'cause' | 'stable' | 'leftBehind'> &
  Partial<Pick<LedgerClosing, 'candidate' | 'liveAtMs'>>;

function endOf(facts: RunFacts, end: Exclude<RunEnd, { readonly kind: 'running' }>): Ending {
  switch (end.kind) {
    case 'outcome':
      return endWith(facts, end.outcome);
    case 'cancelled':
      return { outcome: 'cancelled', cause: 'Cancelled through Temporal.', ...NOTHING_KNOWN };
    case 'stopped':
      return {
        outcome: 'rollback-incomplete',
        cause: 'The run was terminated from outside, so that nothing was undone.',
        ...NOTHING_KNOWN,
      };
    case 'failed':
      return { outcome: 'rollback-incomplete', cause: end.message, ...NOTHING_KNOWN };
  }
}

function endWith({ candidate: built, closedAtMs }: RunFacts, result: RunResult): Ending {
  const { outcome, cause, revision, serving, leftBehind } = result;
  const candidate = revision ?? built?.digest ?? null;
  const hasSucceeded = outcome === 'succeeded';
  return {
    outcome,
    cause,
    stable: hasSucceeded ? null : serving,
    leftBehind,
    candidate,
    // It served everybody: nobody knows since when, and its end is certainly late enough.
    liveAtMs: hasSucceeded && candidate !== null ? closedAtMs : null,
  };
}

const NOTHING_KNOWN = { stable: null, leftBehind: [] };

function bareClosing({ candidate, request, startedAtMs, closedAtMs }: RunFacts) {
  return {
    candidate: candidate?.digest ?? null,
    strategy: request?.strategy.kind ?? null,
    planDigest: null,
    phases: [],
    firstTrafficAtMs: null,
    liveAtMs: null,
    safeAtMs: null,
    closedAtMs: closedAtMs ?? startedAtMs,
    exposure: { requests: 0, errors: 0 },
    verdicts: [],
    decisions: [],
    undone: [],
    rollback: null,
  };
}

import type { LedgerRecord } from '../../../src/domain/ledger-record';
import type { RollbackAnalysis } from '../../../src/domain/rollback/rollback-analysis';
import { aRecord, DEPLOYMENT, NEW, OLD, PLAN, REF, START_MS } from '../client/samples';

const at = (seconds: number): number => START_MS + seconds * 1_000;

export const ANALYSIS: RollbackAnalysis = {
  trigger: 'criterion',
  by: null,
  severity: 'critical',
  evidence: ['error_rate was 8 % over 30 s, above 5 %'],
  exposure: { requests: 50, errors: 4 },
  toSafeMs: 2_000,
  toCleanMs: 9_000,
  difference: {
    from: OLD,
    to: NEW,
    files: { added: 1, removed: 0, changed: 2, named: ['server.js', 'lib/a.js', 'lib/b.js'] },
    run: ['env LOG_LEVEL'],
  },
  hold: NEW,
  validation: {
    verdict: 'well',
    sentence: 'it answers as before: 0 % errors of 120 requests',
    windowMs: 30_000,
    errorRate: 0,
    earlierErrorRate: 0.1,
  },
};

/** A canary that went back at its first step. */
export const ROLLED_BACK: LedgerRecord = {
  recordVersion: 1,
  deploymentId: DEPLOYMENT,
  workflowId: 'deploy/shop/production',
  runId: 'run-1',
  ...REF,
  initiator: 'ci',
  reason: 'friday',
  commit: 'f'.repeat(40),
  openedAtMs: START_MS,
  restores: null,
  closing: {
    outcome: 'rolled-back',
    cause: 'error_rate was 8 % over 30 s, above 5 %',
    stable: OLD,
    candidate: NEW,
    strategy: 'canary',
    planDigest: PLAN,
    phases: [
      { phase: 'authorize', fromMs: at(3), toMs: at(33), humanMs: 30_000 },
      { phase: 'rollout', fromMs: at(33), toMs: at(93), humanMs: 0 },
      { phase: 'rollback', fromMs: at(93), toMs: at(125), humanMs: 0 },
    ],
    firstTrafficAtMs: at(40),
    liveAtMs: null,
    safeAtMs: at(95),
    closedAtMs: at(125),
    exposure: { requests: 50, errors: 4 },
    verdicts: [{ stepId: '04-bake-5', kind: 'harm', sentence: 'error_rate was 8 %' }],
    leftBehind: [],
    decisions: [aRecord({ kind: 'approve', reason: 'looks good', sentence: 'approve: 1 of 1' })],
    undone: ['all traffic back to aaaaaaaaaaaa', 'the fleet of bbbbbbbbbbbb retired'],
    rollback: ANALYSIS,
  },
};

/** It brought an earlier revision back. */
export const RESTORED: LedgerRecord = {
  ...ROLLED_BACK,
  deploymentId: 'shop-production-01KAR1X0000000000000000002',
  initiator: 'alice',
  reason: 'too slow',
  openedAtMs: at(600),
  restores: { replaces: NEW, undoes: DEPLOYMENT },
  closing: {
    ...ROLLED_BACK.closing!,
    outcome: 'succeeded',
    cause: 'Revision aaaaaaaaaaaa serves everybody.',
    stable: NEW,
    candidate: OLD,
    strategy: 'blue-green',
    liveAtMs: at(640),
    safeAtMs: null,
    firstTrafficAtMs: at(610),
    closedAtMs: at(700),
    exposure: { requests: 900, errors: 0 },
    verdicts: [],
    decisions: [],
    undone: [],
    rollback: null,
  },
};

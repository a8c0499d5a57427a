import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { Outcome } from '../domain/outcome';
import type { Phase } from '../domain/phase';
import type { Digest } from '../domain/revision';

const PHASE = defineSearchAttributeKey('BelayPhase', 'KEYWORD');
const OUTCOME = defineSearchAttributeKey('BelayOutcome', 'KEYWORD');
const REVISION = defineSearchAttributeKey('BelayRevision', 'KEYWORD');
const STRATEGY = defineSearchAttributeKey('BelayStrategy', 'KEYWORD');
const TRAFFIC = defineSearchAttributeKey('BelayTrafficPercent', 'DOUBLE');

export interface Searchable {
  readonly phase: Phase;
  readonly outcome: Outcome | null;
  readonly revision: Digest | null;
  readonly strategy: string | null;
  readonly candidatePercent: number;
}

/** One upsert a phase and a shift of traffic: it is one event of the history. */
export function publish(searchable: Searchable): void {
  const { phase, outcome, revision, strategy, candidatePercent } = searchable;
  upsertSearchAttributes([
    { key: PHASE, value: phase },
    { key: TRAFFIC, value: candidatePercent },
    ...(revision === null ? [] : [{ key: REVISION, value: revision }]),
    ...(strategy === null ? [] : [{ key: STRATEGY, value: strategy }]),
    ...(outcome === null ? [] : [{ key: OUTCOME, value: outcome }]),
  ]);
}

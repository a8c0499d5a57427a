import { formatCount, formatCounted } from '../format/count';
import { formatPercentAgainst } from '../format/percent';
import { describeValue } from './describe-value';
import type { Criterion } from './criterion';
import type { JudgeConfig } from './judge-config';
import type { StepCounts } from './judge-state';
import { isBeyond } from './measurement';
import type { Evidence } from './verdict';

export interface FailingStep {
  readonly criterion: string;
  readonly sentence: string;
}

/**
 * Where hardly anybody asks, no duration ever holds enough requests for a criterion to judge, and all of them may fail. The whole
 * step may hold enough: beyond the limit over all of it is no breach, and no pass either. Null: nothing is.
 */
export function failingStep(
  { criteria }: JudgeConfig,
  step: StepCounts,
  evidence: readonly Evidence[],
): FailingStep | null {
  const thin = new Map(evidence.filter(isThin).map((one) => [one.criterion, one.basis]));
  for (const criterion of criteria) {
    const basis = thin.get(criterion.id);
    const failed = basis === undefined ? null : failedOf(criterion, step, basis);
    if (failed !== null) return { criterion: criterion.id, sentence: wordsOf(criterion, failed) };
  }
  return null;
}

/** Too few, or judged by probes because the users were: probes that do well hide no user. */
function isThin({ basis, state }: Evidence): boolean {
  return state === 'too-few' || basis === 'probes';
}

interface Failed {
  readonly events: number;
  readonly of: number;
  readonly things: 'request' | 'probe';
}

/** Users' requests decide, probes where those are too few and no duration held enough of them either. */
function failedOf(criterion: Criterion, step: StepCounts, basis: Evidence['basis']): Failed | null {
  if (criterion.comparison !== 'absolute') return null;
  const users: Failed = { events: step.errors, of: step.requests, things: 'request' };
  const probes: Failed = { events: step.probeErrors, of: step.probes, things: 'probe' };
  const least = Math.max(1, criterion.minimumSamples);
  const counted = basis === 'users' ? [users, probes] : [users];
  const enough = counted.find((one) => one.of >= least);
  const value = enough === undefined ? null : valueOf(criterion, enough);
  return enough !== undefined && value !== null && isBeyond(criterion, value) ? enough : null;
}

function valueOf({ metric }: Criterion, { events, of }: Failed): number | null {
  switch (metric) {
    case 'error_rate':
      return (100 * events) / of;
    case 'success_rate':
      return (100 * (of - events)) / of;
    default:
      return null;
  }
}

function wordsOf(criterion: Criterion, failed: Failed): string {
  const { events, of, things } = failed;
  const value = formatPercentAgainst(valueOf(criterion, failed) ?? 0, criterion.threshold);
  const name = criterion.metric === 'error_rate' ? '' : `${criterion.metric} `;
  const limit = describeValue(criterion.threshold, criterion.unit);
  return `${formatCount(events)} of ${formatCounted(of, things)} in this step failed (${name}${value}, limit ${limit}), too few at once for ${criterion.id} to judge`;
}

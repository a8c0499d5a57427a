import { sumBefore, type StableWindow } from './before-shift';
import { compareArms, incompleteEvidence, type ArmMeasurement } from './compare-arms';
import type { ArmSums } from './counts';
import { isBuiltInMetric, METRICS, type BuiltInMetric, type Criterion } from './criterion';
import { measureSums } from './measurement';
import type { Reading } from './reading';
import { measureReadings, readingsUntil } from './readings';
import { isUnbroken, type Span } from './span';
import type { Evidence } from './verdict';

interface Target {
  /** Over the criterion's duration; null: the latest window does not show the candidate. */
  readonly span: Span | null;
  readonly before: readonly StableWindow[];
}

/** How a criterion that the target itself counts stands over its whole duration, which must be observed without a gap. */
export function targetEvidence(criterion: Criterion, { span, before }: Target): Evidence {
  const { metric, comparison } = criterion;
  if (span === null || !isUnbroken(span) || !isBuiltInMetric(metric))
    return incompleteEvidence(criterion);
  const { candidate, stable } = span.arms;
  if (comparison === 'relative-to-stable' && stable.windows > 0 && stable.windows < span.length)
    return incompleteEvidence(criterion, 'stable was not observed in all of that time');
  return compareArms(criterion, {
    candidate: measureArm(metric, candidate),
    stable: stable.windows < span.length ? null : measureArm(metric, stable),
    before: () => {
      const sums = sumBefore(untilNumber(before, span.to), span.length);
      return sums === null ? null : measureArm(metric, sums);
    },
    ownUnit: METRICS[metric].unit,
  });
}

/** The same of a metric that a source sees, where its duration ends with this reading. */
export function sourceEvidence(
  criterion: Criterion,
  readings: readonly Reading[],
  last: Reading,
): Evidence {
  const whole = readingsUntil(criterion, readings, last);
  const compared = whole === null ? null : measureReadings(criterion, whole);
  return compared === null ? incompleteEvidence(criterion) : compareArms(criterion, compared);
}

/** What came later says nothing about how stable did before. */
function untilNumber(before: readonly StableWindow[], to: number): readonly StableWindow[] {
  const isLater = (before.at(-1)?.number ?? to) > to;
  return isLater ? before.filter(({ number }) => number <= to) : before;
}

function measureArm(metric: BuiltInMetric, sums: ArmSums): ArmMeasurement {
  return {
    users: measureSums(metric, sums, 'users'),
    probes: measureSums(metric, sums, 'probes'),
  };
}

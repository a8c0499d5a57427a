import type { Criterion } from '../analysis/criterion';
import { isBeyond } from '../analysis/measurement';
import { formatCount } from '../format/count';
import { formatDuration } from '../format/duration';
import { describeAgainstLimit, nameOf, relativeChange } from './describe-named-metric';
import type { MonitorScene } from './monitor-scene';
import type { MonitorIssue, MonitorValue } from './session';
import { compareSeverity } from '../checks/severity';
import type { WatchedMetric } from './watched-metrics';

/** What one named metric says of the candidate. */
export interface WeighedNamedMetric {
  readonly value: MonitorValue;
  readonly issues: readonly MonitorIssue[];
  /** Full sentences: what stable shares, or why nothing is said. */
  readonly notes: readonly string[];
  /** In percent of what stable has (or of the limit), 0 where nothing is lost; null: nothing can be said. */
  readonly loss: number | null;
}

/** Without a criterion: so much worse than stable, in percent, by more than chance. */
const USUAL_LOSS = 20;
const STANDARD_ERRORS = 4;
/** Without a criterion, fewer counts in either revision say nothing; values that are averages already say more each. */
const FEWEST_COUNTS = 100;
const FEWEST_VALUES = 10;

/** Its criteria where the file has some, else a loss of 20 % against stable that chance does not explain. */
export function weighNamedMetric(scene: MonitorScene, metric: WatchedMetric): WeighedNamedMetric {
  const value = valueOf(metric);
  const seen = { value, issues: [], notes: [], loss: null };
  const lack = lackOf(scene, metric);
  if (lack !== null) return { ...seen, notes: [lack] };
  const lost = relativeLoss(metric);
  const missing = missingToLimits(metric);
  const { issues, notes } = metric.criteria.length > 0 ? weighCriteria(metric) : weighUsual(metric);
  return { value, issues, notes, loss: lost ?? missing };
}

function valueOf(metric: WatchedMetric): MonitorValue {
  const { unit, candidate, stable } = metric;
  return {
    name: nameOf(metric),
    unit,
    candidate: candidate.value,
    stable: stable.value,
    samples: candidate.samples,
  };
}

/** Why nothing can be said; null: something can. */
function lackOf(scene: MonitorScene, metric: WatchedMetric): string | null {
  const { candidate, stable, criteria, spanMs } = metric;
  const name = nameOf(metric);
  const fewest = fewestSamples(metric);
  if (candidate.value === null)
    return `${name}: its source has shown nothing of the candidate lately.`;
  if (candidate.samples < fewest) {
    return `${name}: ${formatCount(candidate.samples)} of ${formatCount(fewest)} samples in the last ${formatDuration(spanMs)} say nothing.`;
  }
  if (criteria.some(({ comparison }) => comparison === 'absolute')) return null;
  if (scene.stable === null)
    return `${name}: this is the first deployment, there is nothing to compare with.`;
  if (stable.value === null || stable.samples < fewest) {
    return `${name}: its source shows too little of stable to compare with.`;
  }
  return relativeLoss(metric) === null
    ? `${name}: stable has 0, so nothing can be said relative to it.`
    : null;
}

function fewestSamples({ candidate, criteria }: WatchedMetric): number {
  if (criteria.length === 0)
    return candidate.standardError === null ? FEWEST_VALUES : FEWEST_COUNTS;
  return Math.max(1, Math.min(...criteria.map(({ minimumSamples }) => minimumSamples)));
}

/** How much worse than stable, in percent of it; 0: as good or better. Null: there is nothing to compare with. */
function relativeLoss({ badWhen, candidate, stable }: WatchedMetric): number | null {
  if (candidate.value === null || stable.value === null || stable.samples === 0) return null;
  const worse =
    badWhen === 'above' ? candidate.value - stable.value : stable.value - candidate.value;
  if (worse <= 0) return 0;
  return stable.value === 0 ? null : (100 * worse) / Math.abs(stable.value);
}

/** How far beyond its absolute limits, in percent of them. */
function missingToLimits({ candidate, criteria }: WatchedMetric): number | null {
  const { value } = candidate;
  const limits = criteria.filter(({ comparison }) => comparison === 'absolute');
  if (value === null || limits.length === 0) return null;
  return Math.max(
    ...limits.map((limit) => {
      if (!isBeyond(limit, value)) return 0;
      const { threshold } = limit;
      return threshold === 0 ? 100 : (100 * Math.abs(value - threshold)) / Math.abs(threshold);
    }),
  );
}

type Weighed = Pick<WeighedNamedMetric, 'issues' | 'notes'>;

function weighCriteria(metric: WatchedMetric): Weighed {
  const beyond = metric.criteria
    .filter((criterion) => isExceeded(criterion, metric, 'candidate'))
    .toSorted((a, b) => compareSeverity(a.severity, b.severity));
  const held = beyond.find((criterion) => !isShared(criterion, metric));
  if (held !== undefined) {
    const sentence = `${describeAgainstLimit(metric, held)}.`;
    return { issues: [issueOf(metric, held.severity, sentence)], notes: [] };
  }
  const [shared] = beyond;
  if (shared === undefined) return { issues: [], notes: [] };
  const seen = describeAgainstLimit(metric, shared);
  const note = `${seen}: stable does no better, so it is not held against the candidate.`;
  return { issues: [], notes: [note] };
}

function isShared(criterion: Criterion, metric: WatchedMetric): boolean {
  return (
    criterion.comparison === 'absolute' &&
    !criterion.alsoWhenBaselineBreaches &&
    !isFarWorse(metric) &&
    isExceeded(criterion, metric, 'stable')
  );
}

function isExceeded(
  criterion: Criterion,
  metric: WatchedMetric,
  arm: 'candidate' | 'stable',
): boolean {
  const { value, samples } = metric[arm];
  if (value === null || samples < criterion.minimumSamples) return false;
  if (criterion.comparison === 'absolute') return isBeyond(criterion, value);
  const change = relativeChange(metric);
  return change !== null && metric.stable.samples >= criterion.minimumSamples
    ? isBeyond(criterion, change)
    : false;
}

function weighUsual(metric: WatchedMetric): Weighed {
  if (!isFarWorse(metric)) return { issues: [], notes: [] };
  const threshold = metric.badWhen === 'below' ? -USUAL_LOSS : USUAL_LOSS;
  const sentence = describeAgainstLimit(metric, { threshold, comparison: 'relative-to-stable' });
  return { issues: [issueOf(metric, 'medium', `${sentence}.`)], notes: [] };
}

/** By more than the usual loss, from enough samples, and by more than chance where the source lets us know. */
function isFarWorse(metric: WatchedMetric): boolean {
  const { candidate, stable } = metric;
  const loss = relativeLoss(metric);
  if (loss === null || loss <= USUAL_LOSS) return false;
  if (Math.min(candidate.samples, stable.samples) < fewestSamples(metric)) return false;
  if (candidate.standardError === null || stable.standardError === null) return true;
  const error = Math.hypot(candidate.standardError, stable.standardError);
  const difference = Math.abs((candidate.value ?? 0) - (stable.value ?? 0));
  return difference > STANDARD_ERRORS * error;
}

function issueOf(
  metric: WatchedMetric,
  severity: MonitorIssue['severity'],
  sentence: string,
): MonitorIssue {
  return { key: `business/${nameOf(metric)}`, severity, sentence };
}

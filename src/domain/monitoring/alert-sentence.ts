import { formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import { oneLine } from '../format/one-line';
import type { MonitorName } from './policy';
import type { AlertChange, MonitorIssue, MonitorReport, OpenAlert } from './session';
import { compareSeverity } from '../checks/severity';

const MOST_BYTES = 400;

const NAMES: Readonly<Record<MonitorName, string>> = {
  health: 'Health',
  performance: 'Performance',
  errors: 'Errors',
  business: 'Business metrics',
};

/** What people read of the change, one line. */
export function sentenceOfAlert({ kind, alert, atMs }: AlertChange): string {
  const name = NAMES[alert.monitor];
  const lasted = formatDuration(atMs - alert.sinceMs);
  switch (kind) {
    case 'raised':
      return `${name} (${alert.severity}): ${alert.sentence}`;
    case 'grew':
      return `${name} got worse (${alert.severity}, for ${lasted}): ${alert.sentence}`;
    case 'resolved':
      return `${name}: over after ${lasted}. It was: ${alert.sentence}`;
    case 'unwatched':
      return `${name} (${alert.severity}): no longer watched, and still open after ${lasted}. It was: ${alert.sentence}`;
  }
}

/** All issues of the report as one alert; null: it has none. */
export function alertOf({ monitor, issues }: MonitorReport, sinceMs: number): OpenAlert | null {
  const [worst] = worstFirst(issues);
  if (worst === undefined) return null;
  return {
    monitor,
    severity: worst.severity,
    sinceMs,
    issues: [...new Set(issues.map(({ key }) => key))].sort(),
    sentence: describeIssues(issues),
  };
}

/** The worst in full, the others counted: an alert lies in the deployment's history, so its size is bounded. */
export function describeIssues(issues: readonly MonitorIssue[]): string {
  const [worst, ...others] = worstFirst(issues);
  if (worst === undefined) return '';
  const more = others.length === 0 ? '' : ` And ${formatCounted(others.length, 'other issue')}.`;
  return `${oneLine(worst.sentence, MOST_BYTES)}${more}`;
}

function worstFirst(issues: readonly MonitorIssue[]): readonly MonitorIssue[] {
  const byKey = (a: MonitorIssue, b: MonitorIssue): number => (a.key < b.key ? -1 : 1);
  return issues.toSorted((a, b) => compareSeverity(a.severity, b.severity) || byKey(a, b));
}

import { formatCount } from '../format/count';
import type { CheckReport } from './finding';

/** Why a check cannot be relied on although it ran or should have; null: it looked at everything, or nothing applies. */
export function incompleteBecause(report: CheckReport): string | null {
  switch (report.status) {
    case 'not-applicable':
      return null;
    case 'failed':
      return report.reason ?? 'it failed without a reason';
    case 'completed':
      return gapOf(report);
  }
}

function gapOf({ covered, applicable, skipped, probe }: CheckReport): string | null {
  if (probe === 'miss') return 'it did not find its known-bad probe, so its silence means nothing';
  if (covered >= applicable) return null;
  const first = skipped[0];
  const example = first === undefined ? '' : ` (for example ${first.path}: ${first.reason})`;
  return `it covered ${formatCount(covered)} of ${formatCount(applicable)}${example}`;
}

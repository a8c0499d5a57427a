import {
  FINDING_SEVERITIES,
  type FindingSeverity,
  type SeverityCounts,
} from '../../../domain/checks/severity';
import type { Tone } from '../style';

/** `2 critical, 1 medium`; `none` where there is nothing to count. */
export function countWords(counts: SeverityCounts): string {
  const words = FINDING_SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) => `${counts[severity]} ${severity}`,
  );
  return words.length === 0 ? 'none' : words.join(', ');
}

export function severityTone(severity: FindingSeverity): Tone {
  switch (severity) {
    case 'critical':
    case 'high':
      return 'bad';
    case 'medium':
      return 'bold';
    case 'low':
    case 'info':
      return 'dim';
  }
}

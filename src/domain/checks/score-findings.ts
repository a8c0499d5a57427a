import { activeOf } from './active-findings';
import type { Finding } from './finding';
import { countSeverities, type SeverityCounts } from './severity';

const FLOOR = 5;

/** The best score with a worst finding of this severity, and what each further finding of it takes. */
const RATES = [
  { severity: 'critical', cap: 40, each: 5 },
  { severity: 'high', cap: 60, each: 3 },
  { severity: 'medium', cap: 80, each: 2 },
  { severity: 'low', cap: 95, each: 1 },
] as const;

/** 0 to 100 over what is active, for trend and display; findings of severity `info` are free. */
export function scoreFindings(findings: readonly Finding[]): number {
  const counts = countSeverities(activeOf(findings).map(({ severity }) => severity));
  const worst = RATES.find(({ severity }) => counts[severity] > 0);
  if (worst === undefined) return 100;
  return Math.max(FLOOR, worst.cap - lossOf(counts) + worst.each);
}

function lossOf(counts: SeverityCounts): number {
  return RATES.reduce((sum, { severity, each }) => sum + counts[severity] * each, 0);
}

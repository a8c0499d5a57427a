import type { ScannerName } from './catalog';
import type { GateMetric } from './gate';
import type { FindingSeverity } from './severity';

/** Which findings a metric counts. */
export interface CountedFindings {
  /** Switched off, it leaves the metric without a measurement. */
  readonly needed: ScannerName;
  readonly counted: readonly ScannerName[];
  readonly severity: { readonly kind: 'exactly' | 'at-least'; readonly of: FindingSeverity };
}

/** Known advisories and unsafe parts of what ships: dependencies and images count with them, and nothing counts twice. */
const SHIPPED: readonly ScannerName[] = ['vulnerabilities', 'dependencies', 'container'];

const COUNTED: Readonly<Partial<Record<GateMetric, CountedFindings>>> = {
  critical_vulnerabilities: vulnerabilities('critical'),
  high_vulnerabilities: vulnerabilities('high'),
  medium_vulnerabilities: vulnerabilities('medium'),
  secrets: all('secrets'),
  compliance_violations: all('compliance'),
};

/** Null where the metric counts no findings. */
export function findingsCountedBy(metric: GateMetric): CountedFindings | null {
  return COUNTED[metric] ?? null;
}

function vulnerabilities(of: FindingSeverity): CountedFindings {
  return { needed: 'vulnerabilities', counted: SHIPPED, severity: { kind: 'exactly', of } };
}

function all(scanner: ScannerName): CountedFindings {
  return { needed: scanner, counted: [scanner], severity: { kind: 'at-least', of: 'medium' } };
}

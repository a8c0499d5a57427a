import type { ScannerName } from './catalog';
import type { GateMetric } from './gate';
import type { FindingSeverity } from './severity';

/** What a counting metric counts. */
export interface CountedFindings {
  /** Switched off, it leaves the metric without a measurement. */
  readonly needed: ScannerName;
  readonly counted: readonly ScannerName[];
  readonly severity: {
    readonly kind: 'exactly' | 'at-least';
    readonly of: FindingSeverity;
  };
}

/** Known advisories and unsafe parts of what ships: dependencies and images count with them, and nothing counts twice. */
const SHIPPED: readonly ScannerName[] = ['vulnerabilities', 'dependencies', 'container'];

/** Which findings a metric counts; none where it counts none. */
export function scannersMeasuring(metric: GateMetric): CountedFindings {
  switch (metric) {
    case 'critical_vulnerabilities':
      return vulnerabilities('critical');
    case 'high_vulnerabilities':
      return vulnerabilities('high');
    case 'medium_vulnerabilities':
      return vulnerabilities('medium');
    case 'compliance_violations':
      return all('compliance');
    case 'secrets':
      return all('secrets');
    case 'build_success':
    case 'unit_test_coverage':
    case 'unit_test_pass_rate':
    case 'integration_test_pass_rate':
    case 'scan_coverage':
    case 'security_score':
    case 'build_time':
    case 'artifact_size':
      return { ...all('secrets'), counted: [] };
  }
}

function vulnerabilities(of: FindingSeverity): CountedFindings {
  return { needed: 'vulnerabilities', counted: SHIPPED, severity: { kind: 'exactly', of } };
}

function all(scanner: ScannerName): CountedFindings {
  return { needed: scanner, counted: [scanner], severity: { kind: 'at-least', of: 'medium' } };
}

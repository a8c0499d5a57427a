import { activeOf } from './active-findings';
import { incompleteBecause } from './completeness';
import type { Finding } from './finding';
import { COUNTED_METRICS, type GateMetric, type Measurements } from './gate';
import { measureTests } from './measure-tests';
import { findingsCountedBy, type CountedFindings } from './measured-scanners';
import { coverageOf } from './scan-coverage';
import type { ScanReport } from './scan-report';
import { isSwitchedOff } from './scan-reports';
import { compareSeverity, type FindingSeverity } from './severity';
import type { BuildEvidence, TestEvidence } from './test-evidence';
import type { Validation } from './validation';

const BYTES_A_MEGABYTE = 1_000_000;

export interface Measured {
  readonly validation: Validation;
  /** One at least for each scanner. */
  readonly scans: readonly ScanReport[];
  /** Merged, set aside where the configuration says so. */
  readonly findings: readonly Finding[];
  readonly score: number | null;
  readonly build: BuildEvidence | null;
  readonly tests: readonly TestEvidence[];
  readonly artifactBytes: number;
}

/**
 * What the gates compare. A metric is left out where nothing was measured, or where a scan that it rests on proves
 * nothing: absent is never zero.
 */
export function measureChecks(measured: Measured): Measurements {
  const { validation, scans, findings, score, build, tests, artifactBytes } = measured;
  return finite({
    build_success: buildSuccess(validation, build),
    ...measureTests(tests),
    ...measureFindings(findings, scans),
    scan_coverage: coverageOf(scans),
    // A score without a part of what is looked for would be too good.
    security_score: scans.some(isSwitchedOff) ? null : score,
    build_time: build === null ? null : build.durationMs / 1_000,
    artifact_size: artifactBytes / BYTES_A_MEGABYTE,
  });
}

/** The counts alone: for gates that count only some of the findings. */
export function measureFindings(
  findings: readonly Finding[],
  scans: readonly ScanReport[],
): Measurements {
  const counts = [...COUNTED_METRICS].map((metric): [GateMetric, number | null] => {
    const counted = findingsCountedBy(metric);
    const isKnown = counted !== null && isMeasured(counted, scans);
    return [metric, isKnown ? countOf(counted, findings) : null];
  });
  return finite(Object.fromEntries(counts));
}

function isMeasured({ needed, counted }: CountedFindings, scans: readonly ScanReport[]): boolean {
  const own = scans.filter(({ scanner }) => counted.includes(scanner));
  const isOff = own.some((report) => report.scanner === needed && isSwitchedOff(report));
  const isThere = counted.every((scanner) => own.some((report) => report.scanner === scanner));
  return isThere && !isOff && own.every((report) => incompleteBecause(report) === null);
}

function countOf({ counted, severity }: CountedFindings, findings: readonly Finding[]): number {
  const isOne = (one: FindingSeverity): boolean =>
    severity.kind === 'exactly' ? one === severity.of : compareSeverity(one, severity.of) <= 0;
  return activeOf(findings).filter(
    (finding) => counted.includes(finding.scanner) && isOne(finding.severity),
  ).length;
}

function buildSuccess({ summary }: Validation, build: BuildEvidence | null): number {
  const passed = summary.passed + (build?.succeeded === true ? 1 : 0);
  const all = summary.total + (build === null ? 0 : 1);
  return (100 * passed) / all;
}

/** Without what is no number: `NaN` would compare as neither good nor bad. */
function finite(values: Readonly<Partial<Record<GateMetric, number | null>>>): Measurements {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && Number.isFinite(value)),
  );
}

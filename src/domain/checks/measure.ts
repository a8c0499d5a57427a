import type { Severity } from '../analysis/criterion';
import { SCANNERS } from './catalog';
import { incompleteBecause } from './completeness';
import type { CheckReport, Finding } from './finding';
import type { Measurements } from './gate';

const BYTES_A_MEGABYTE = 1_000_000;
/** Checks whose findings are known advisories or unsafe parts of what ships. */
const VULNERABILITY_CHECKS: ReadonlySet<string> = new Set([
  'vulnerabilities',
  'dependencies',
  'container',
]);
const SECRET_SEVERITIES: ReadonlySet<Severity> = new Set(['critical', 'high', 'medium']);
const SCANNER_NAMES: ReadonlySet<string> = new Set([
  ...SCANNERS,
  ...VULNERABILITY_CHECKS,
  'compliance',
]);

/**
 * What the gates compare. A metric is left out where nothing was measured, or where a check that it rests on did not
 * look at everything: absent is never zero.
 */
export function measureChecks(
  reports: readonly CheckReport[],
  { artifactBytes }: { readonly artifactBytes: number },
): Measurements {
  const vulnerabilities = completeReports(reports, (name) => VULNERABILITY_CHECKS.has(name));
  const isKnown = reports.some(({ check }) => check === 'vulnerabilities');
  const secrets = completeReports(reports, (name) => name === 'secrets');
  return withoutAbsent({
    build_success: buildSuccess(reports),
    critical_vulnerabilities: isKnown ? countOf(vulnerabilities, ['critical']) : null,
    high_vulnerabilities: isKnown ? countOf(vulnerabilities, ['high']) : null,
    secrets: countOf(secrets, [...SECRET_SEVERITIES]),
    artifact_size: artifactBytes / BYTES_A_MEGABYTE,
  });
}

/** Passed validators ÷ validators that ran, in percent; null where none ran. */
function buildSuccess(reports: readonly CheckReport[]): number | null {
  const validators = reports.filter(
    ({ check, status }) => !SCANNER_NAMES.has(check) && status !== 'not-applicable',
  );
  const passed = validators.filter(hasPassed);
  return validators.length === 0 ? null : (100 * passed.length) / validators.length;
}

function hasPassed(report: CheckReport): boolean {
  const isBad = ({ severity }: Finding): boolean => severity === 'critical' || severity === 'high';
  const isBadOmitted = (report.omitted?.critical ?? 0) + (report.omitted?.high ?? 0) > 0;
  return incompleteBecause(report) === null && !report.findings.some(isBad) && !isBadOmitted;
}

/** The reports of all these checks; null where none ran or one of them is incomplete. */
function completeReports(
  reports: readonly CheckReport[],
  isOne: (check: string) => boolean,
): readonly CheckReport[] | null {
  const chosen = reports.filter(({ check }) => isOne(check));
  const isIncomplete = chosen.some((report) => incompleteBecause(report) !== null);
  return chosen.length === 0 || isIncomplete ? null : chosen;
}

function countOf(
  reports: readonly CheckReport[] | null,
  severities: readonly Severity[],
): number | null {
  if (reports === null) return null;
  const listed = reports.flatMap(({ findings }) => findings);
  const isOne = ({ severity }: Finding): boolean => severities.includes(severity);
  const omitted = reports.flatMap((report) => severities.map((one) => report.omitted?.[one] ?? 0));
  return listed.filter(isOne).length + omitted.reduce((sum, count) => sum + count, 0);
}

function withoutAbsent(values: Readonly<Record<string, number | null>>): Measurements {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

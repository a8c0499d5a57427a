import { createHash } from 'node:crypto';
import { SCANNERS, VALIDATORS, type ScannerName } from '../../../../src/domain/checks/catalog';
import type { ValidatorName } from '../../../../src/domain/checks/catalog';
import type { Finding } from '../../../../src/domain/checks/finding';
import type { Gate, GateMetric } from '../../../../src/domain/checks/gate';
import type { JudgeInput } from '../../../../src/domain/checks/judge-checks';
import type { Suppression } from '../../../../src/domain/checks/policy';
import type { ScanReport } from '../../../../src/domain/checks/scan-report';
import { UNKNOWN_TOOL } from '../../../../src/domain/checks/scan-reports';
import type { TestEvidence } from '../../../../src/domain/checks/test-evidence';
import type { ValidatorReport } from '../../../../src/domain/checks/validation';

export const NOW_MS = Date.UTC(2026, 10, 23);
export const DAY_MS = 86_400_000;

/** As real ones look, from any words. */
export function fingerprintOf(...words: readonly (string | number)[]): string {
  return `v1:${createHash('sha256').update(words.join('|')).digest('hex').slice(0, 32)}`;
}

/** A private key in a file. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    scanner: 'secrets',
    ruleId: 'secrets/private-key',
    severity: 'critical',
    severityFrom: 'rule',
    title: 'A private key',
    location: { path: 'config/key.pem', line: 3, resource: null },
    fingerprint: fingerprintOf(
      changes.scanner ?? 'secrets',
      changes.ruleId ?? 'secrets/private-key',
      changes.location?.path ?? 'config/key.pem',
      changes.component?.name ?? '',
    ),
    state: 'active',
    suppression: null,
    aliases: [],
    component: null,
    fix: null,
    cvss: null,
    sources: ['belay'],
    ...changes,
  };
}

/** A known advisory of a package in a lockfile. */
export function advisory(id: string, changes: Partial<Finding> = {}): Finding {
  return finding({
    scanner: 'vulnerabilities',
    ruleId: id,
    severity: 'high',
    severityFrom: 'cvss',
    title: 'Prototype pollution in lodash 4.17.0',
    location: { path: 'package-lock.json', line: null, resource: null },
    component: { name: 'lodash', version: '4.17.0', purl: 'pkg:npm/lodash@4.17.0' },
    fingerprint: fingerprintOf('advisory', id),
    ...changes,
  });
}

/** A scan that looked at everything and found nothing. */
export function scan(scanner: ScannerName, changes: Partial<ScanReport> = {}): ScanReport {
  return {
    scanner,
    status: 'completed',
    reason: null,
    tool: { ...UNKNOWN_TOOL, version: '1', rules: 'rules' },
    covered: 10,
    total: 10,
    skipped: [],
    probe: 'hit',
    findings: [],
    durationMs: 5,
    cached: false,
    ...changes,
  };
}

/** All five, each clean but for these. */
export function scans(
  changes: Partial<Record<ScannerName, Partial<ScanReport>>> = {},
): ScanReport[] {
  return SCANNERS.map((scanner) => scan(scanner, changes[scanner]));
}

export function validator(
  name: ValidatorName,
  changes: Partial<ValidatorReport> = {},
): ValidatorReport {
  return {
    validator: name,
    passed: true,
    severity: null,
    error: null,
    problems: [],
    problemCount: 0,
    covered: 10,
    total: 10,
    skipped: [],
    durationMs: 5,
    cached: false,
    ...changes,
  };
}

/** One problem bad enough to fail. */
export function failing(name: ValidatorName): ValidatorReport {
  const problem = {
    rule: `${name}/broken`,
    severity: 'high' as const,
    title: 'is not valid JSON',
    location: { path: 'src/index.json', line: 4 },
  };
  return validator(name, { passed: false, severity: 'high', problems: [problem], problemCount: 1 });
}

export function validators(): ValidatorReport[] {
  return VALIDATORS.map((name) => validator(name));
}

export function evidence(changes: Partial<TestEvidence> = {}): TestEvidence {
  return {
    suite: 'unit',
    source: 'command',
    outcome: 'passed',
    reason: null,
    counts: { passed: 40, failed: 0, errored: 0, skipped: 2 },
    lineCoveragePercent: 85,
    failedTests: [],
    durationMs: 1_000,
    ...changes,
  };
}

export function gate(metric: GateMetric, limit: number, changes: Partial<Gate> = {}): Gate {
  return {
    name: metric,
    metric,
    threshold: { kind: 'absolute', value: limit },
    blocking: true,
    onMissing: 'fail',
    warnAt: null,
    scope: 'all',
    environments: null,
    ...changes,
  };
}

export function suppression(
  match: Suppression['match'],
  changes: Partial<Suppression> = {},
): Suppression {
  return {
    match,
    reason: 'false-positive',
    statement: 'A fixture.',
    approvedBy: 'ada',
    createdAtMs: null,
    expiresAtMs: NOW_MS + 10 * DAY_MS,
    ticket: null,
    place: 'security.suppressions[0]',
    ...changes,
  };
}

/** Everything clean and complete: passes. */
export function judgeInput(changes: Partial<JudgeInput> = {}): JudgeInput {
  return {
    validators: validators(),
    scans: scans(),
    build: null,
    tests: [],
    artifactBytes: 1_500_000,
    gates: [],
    suppressions: [],
    severities: {},
    environment: 'production',
    nowMs: NOW_MS,
    previous: null,
    ...changes,
  };
}

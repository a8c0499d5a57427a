import type { Finding } from '../../../src/domain/checks/finding';
import type { GateResult } from '../../../src/domain/checks/gate';
import { SCANNERS, VALIDATORS, type ScannerName } from '../../../src/domain/checks/catalog';
import { notApplicable, unanswered } from '../../../src/domain/checks/scan-reports';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { countSeverities } from '../../../src/domain/checks/severity';
import {
  brokenValidator,
  summarizeValidation,
  type ValidatorReport,
} from '../../../src/domain/checks/validation';
import type { Verification } from '../../../src/domain/checks/verification';
import type { VerificationSubject } from '../../../src/domain/checks/verification-subject';

const VERIFIED_AT_MS = Date.UTC(2026, 10, 23, 10);
const DAY_MS = 86_400_000;

export const SUBJECT: VerificationSubject = {
  what: 'examples/shop',
  artifact: `sha256:${'b'.repeat(64)}`,
  commit: '4f9d2c7e1a0b',
  verifiedAtMs: VERIFIED_AT_MS,
  inventoryDigest: `sha256:${'d'.repeat(64)}`,
  version: '0.5.0',
};

export function aScan(scanner: ScannerName, change: Partial<ScanReport> = {}): ScanReport {
  return {
    scanner,
    status: 'completed',
    reason: null,
    tool: {
      name: 'belay',
      version: '0.5.0',
      rules: 'r1',
      dataUpdatedAtMs: null,
      dataSource: null,
    },
    covered: 120,
    total: 120,
    skipped: [],
    probe: 'hit',
    findings: [],
    durationMs: 1_500,
    cached: false,
    ...change,
  };
}

export function aFinding(number: number, change: Partial<Finding> = {}): Finding {
  return {
    scanner: 'secrets',
    ruleId: 'secrets/github-token',
    severity: 'critical',
    severityFrom: 'rule',
    title: 'A GitHub token is written in this file.',
    location: { path: 'src/settings.ts', line: 12, resource: null },
    fingerprint: `v1:${String(number).padStart(32, '0')}`,
    state: 'active',
    suppression: null,
    aliases: [],
    component: null,
    fix: {
      key: 'rule:secrets/github-token',
      sentence: 'Revoke the token, and read its successor from a secret.',
    },
    cvss: null,
    sources: ['belay'],
    ...change,
  };
}

export function aValidator(
  validator: (typeof VALIDATORS)[number],
  change: Partial<ValidatorReport> = {},
): ValidatorReport {
  return {
    validator,
    passed: true,
    severity: null,
    error: null,
    problems: [],
    problemCount: 0,
    covered: 48,
    total: 48,
    skipped: [],
    durationMs: 700,
    cached: false,
    ...change,
  };
}

export function aGate(change: Partial<GateResult> = {}): GateResult {
  return {
    name: 'Secret Detection',
    metric: 'secrets',
    outcome: 'passed',
    blocking: true,
    blocks: false,
    value: 0,
    threshold: 0,
    sentence: 'Secret Detection: 0, at most 0',
    ...change,
  };
}

/** Nothing to say. */
export function aCleanVerification(change: Partial<Verification> = {}): Verification {
  return {
    passed: true,
    validation: summarizeValidation(VALIDATORS.map((name) => aValidator(name))),
    findings: [],
    counts: countSeverities([]),
    scans: SCANNERS.map((name) =>
      name === 'container' ? notApplicable(name, 'no Dockerfile and no image') : aScan(name),
    ),
    build: null,
    tests: [],
    measurements: { secrets: 0, scan_coverage: 100, security_score: 100 },
    gates: [aGate()],
    score: 100,
    blockers: [],
    reasons: [],
    recommendations: [],
    notices: [],
    ...change,
  };
}

const FINDINGS: readonly Finding[] = [
  aFinding(1),
  aFinding(2, {
    scanner: 'compliance',
    ruleId: 'scan-incomplete/compliance',
    title: 'The compliance scan is partial.',
    location: null,
    fix: null,
  }),
  aFinding(3, {
    scanner: 'vulnerabilities',
    ruleId: 'CVE-2021-23337',
    severity: 'high',
    severityFrom: 'cvss',
    cvss: 7.2,
    title: 'lodash 4.17.0: command injection.',
    location: { path: 'package-lock.json', line: 31, resource: null },
    component: { name: 'lodash', version: '4.17.0', purl: 'pkg:npm/lodash@4.17.0' },
    aliases: ['GHSA-35jh-r3h4-6jhm'],
    fix: { key: 'upgrade:pkg:npm/lodash@4.17.21', sentence: 'Upgrade lodash to 4.17.21.' },
    sources: ['osv', 'trivy'],
  }),
  aFinding(4, {
    scanner: 'container',
    ruleId: 'dockerfile/root-user',
    severity: 'medium',
    title: 'The image runs as root.',
    location: { path: 'Dockerfile', line: null, resource: 'stage runtime' },
    fix: { key: 'rule:dockerfile/root-user', sentence: 'Add USER with an id above 0.' },
  }),
  aFinding(5, {
    ruleId: 'secrets/keyword',
    severity: 'medium',
    title: 'A password seems to be written in this file.',
    location: { path: 'test/login.test.ts', line: 8, resource: null },
    state: 'suppressed',
    suppression: {
      reason: 'false-positive',
      statement: 'a made-up password of a test',
      approvedBy: 'alice',
      expiresAtMs: VERIFIED_AT_MS + 30 * DAY_MS,
      place: 'security.suppressions[0]',
    },
  }),
];

const ACTIVE = FINDINGS.filter(({ state }) => state === 'active');

/** One of everything. */
export function aRichVerification(change: Partial<Verification> = {}): Verification {
  return {
    passed: false,
    validation: summarizeValidation([
      aValidator('syntax', {
        passed: false,
        severity: 'high',
        problems: [
          {
            rule: 'syntax/json',
            severity: 'high',
            title: 'This is no JSON: a value is missing.',
            location: { path: 'config/app.json', line: 3 },
          },
        ],
        problemCount: 7,
      }),
      aValidator('dependencies', { cached: true }),
      aValidator('configuration'),
      brokenValidator('assets', 'its thread ended'),
    ]),
    findings: FINDINGS,
    counts: countSeverities(ACTIVE.map(({ severity }) => severity)),
    scans: [
      aScan('vulnerabilities', {
        covered: 94,
        total: 94,
        tool: {
          name: 'belay',
          version: '0.5.0',
          rules: 'r1',
          dataUpdatedAtMs: VERIFIED_AT_MS - DAY_MS,
          dataSource: 'advisories.json',
        },
      }),
      aScan('secrets', {
        covered: 10_412,
        total: 10_412,
        cached: true,
        skipped: [{ target: 'logo.png', reason: 'binary', allowed: true }],
      }),
      unanswered('dependencies', 'unavailable', {
        reason: 'The advisory source does not answer.',
        total: 94,
      }),
      aScan('compliance', {
        status: 'partial',
        reason: 'It covered 3 of 4.',
        covered: 3,
        total: 4,
        skipped: [{ target: 'main.tf', reason: 'larger than 5 MB', allowed: false }],
      }),
      aScan('container', { covered: 1, total: 1 }),
    ],
    build: { succeeded: true, reason: null, durationMs: 61_000 },
    tests: [
      {
        suite: 'unit',
        source: 'command',
        outcome: 'failed',
        reason: null,
        counts: { passed: 118, failed: 1, errored: 0, skipped: 2 },
        lineCoveragePercent: 79.96,
        failedTests: ['cart › adds a line'],
        durationMs: 12_300,
      },
      {
        suite: 'integration',
        source: 'ingested',
        outcome: 'missing',
        reason: 'The report names no test.',
        counts: null,
        lineCoveragePercent: null,
        failedTests: [],
        durationMs: 0,
      },
    ],
    measurements: { secrets: 1, unit_test_coverage: 79.96, build_time: 61 },
    gates: [
      aGate({ outcome: 'failed', blocks: true, value: 1 }),
      aGate({
        name: 'Unit Test Coverage',
        metric: 'unit_test_coverage',
        outcome: 'failed',
        blocks: true,
        value: 79.96,
        threshold: 80,
      }),
      aGate({
        name: 'Integration Test Pass Rate',
        metric: 'integration_test_pass_rate',
        outcome: 'missing',
        blocks: true,
        value: null,
        threshold: 95,
      }),
      aGate({
        name: 'Build Time',
        metric: 'build_time',
        outcome: 'warned',
        value: 61.04,
        threshold: 60,
      }),
      aGate({
        name: 'Artifact Size',
        metric: 'artifact_size',
        outcome: 'skipped',
        value: null,
        threshold: null,
      }),
    ],
    score: null,
    blockers: [
      {
        scanner: 'secrets',
        severity: 'critical',
        fingerprints: [FINDINGS[0]!.fingerprint],
        sentence: 'secrets: 1 critical finding',
      },
    ],
    reasons: [
      'secrets: A GitHub token is written in this file (src/settings.ts:12).',
      'scan-incomplete/compliance: it covered 3 of 4 (for example main.tf: larger than 5 MB).',
      'Unit Test Coverage: 79.9 %, at least 80 %',
    ],
    recommendations: [
      {
        sentence: 'Revoke the token, and read its successor from a secret.',
        removes: 1,
        severity: 'critical',
        fingerprints: [FINDINGS[0]!.fingerprint],
      },
      {
        sentence: 'Upgrade lodash to 4.17.21.',
        removes: 3,
        severity: 'high',
        fingerprints: [FINDINGS[2]!.fingerprint],
      },
    ],
    notices: ['security.suppressions[1] expired on 2026-11-01: its finding counts again.'],
    ...change,
  };
}

import fc from 'fast-check';
import { SCANNERS, TEST_SUITES, VALIDATORS } from '../../../src/domain/checks/catalog';
import {
  SUPPRESSION_REASONS,
  type AppliedSuppression,
  type Finding,
} from '../../../src/domain/checks/finding';
import {
  GATE_METRICS,
  GATE_OUTCOMES,
  type GateMetric,
  type GateResult,
} from '../../../src/domain/checks/gate';
import { SCAN_STATUSES, type ScanReport } from '../../../src/domain/checks/scan-report';
import { countSeverities, FINDING_SEVERITIES } from '../../../src/domain/checks/severity';
import type { TestEvidence } from '../../../src/domain/checks/test-evidence';
import { summarizeValidation, type ValidatorReport } from '../../../src/domain/checks/validation';
import type { Verification } from '../../../src/domain/checks/verification';
import { anyText } from '../domain/support/any-text';
import { aCleanVerification } from './verification-samples';

/** What a path, a package or a rule of somebody's tool might be called. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  '</style></script><!--',
  '&lt;b&gt; &amp; &#60;',
  '../../etc/passwd',
  '//evil.example/x',
  'javascript:alert(1)',
  '[click](https://evil.example)',
  '{0} {1}',
  'a b/ü/日本/%2e%2e/?#x',
  '\u001b[2J\u001b]0;x\u0007',
  'line one\nPASSED\r\n',
  '\u202egnp.exe',
  '\ud800 alone',
  '\u0000',
  '${process.env}',
  '',
];

const words: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  anyText(40),
  fc.string({ maxLength: 20 }),
);
const wordOrNull = fc.option(words);
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const count = fc.integer({ min: 0, max: 100_000 });
const severity = fc.constantFrom(...FINDING_SEVERITIES);
const flag = fc.boolean();
const hex = fc.string({
  unit: fc.constantFrom(...'0123456789abcdef'.split('')),
  minLength: 32,
  maxLength: 32,
});

const suppression: fc.Arbitrary<AppliedSuppression> = fc.record({
  reason: fc.constantFrom(...SUPPRESSION_REASONS),
  statement: words,
  approvedBy: words,
  expiresAtMs: time,
  place: words,
});

const location = fc.record({
  path: words,
  line: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  resource: wordOrNull,
});

const finding: fc.Arbitrary<Finding> = fc
  .record({
    scanner: fc.constantFrom(...SCANNERS),
    ruleId: words,
    severity,
    severityFrom: fc.constantFrom('rule', 'cvss', 'source', 'override', 'unknown'),
    title: words,
    location: fc.option(location),
    fingerprint: hex.map((digits) => `v1:${digits}`),
    suppression: fc.option(suppression),
    aliases: fc.array(words, { maxLength: 3 }),
    component: fc.option(fc.record({ name: words, version: words, purl: words })),
    fix: fc.option(fc.record({ key: words, sentence: words })),
    cvss: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
    sources: fc.array(words, { maxLength: 3 }),
  })
  .map((each) => ({ ...each, state: each.suppression === null ? 'active' : 'suppressed' }));

const skipped = fc.array(fc.record({ target: words, reason: words, allowed: flag }), {
  maxLength: 3,
});

function scan(scanner: (typeof SCANNERS)[number]): fc.Arbitrary<ScanReport> {
  return fc.record({
    scanner: fc.constant(scanner),
    status: fc.constantFrom(...SCAN_STATUSES),
    reason: wordOrNull,
    tool: fc.record({
      name: words,
      version: words,
      rules: words,
      dataUpdatedAtMs: fc.option(time),
      dataSource: wordOrNull,
    }),
    covered: count,
    total: count,
    skipped,
    probe: fc.constantFrom('hit', 'miss', 'none'),
    findings: fc.constant([]),
    durationMs: count,
    cached: flag,
  });
}

function validator(name: (typeof VALIDATORS)[number]): fc.Arbitrary<ValidatorReport> {
  const place = fc.record({ path: words, line: fc.option(fc.integer({ min: 1, max: 9_999 })) });
  const problem = fc.record({ rule: words, severity, title: words, location: fc.option(place) });
  return fc.record({
    validator: fc.constant(name),
    passed: flag,
    severity: fc.option(severity),
    error: wordOrNull,
    problems: fc.array(problem, { maxLength: 3 }),
    problemCount: count,
    covered: count,
    total: count,
    skipped,
    durationMs: count,
    cached: flag,
  });
}

const gate: fc.Arbitrary<GateResult> = fc.record({
  name: words,
  metric: fc.constantFrom(...(Object.keys(GATE_METRICS) as GateMetric[])),
  outcome: fc.constantFrom(...GATE_OUTCOMES),
  blocking: flag,
  blocks: flag,
  value: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  threshold: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  sentence: words,
});

const suite: fc.Arbitrary<TestEvidence> = fc.record({
  suite: fc.constantFrom(...TEST_SUITES),
  source: fc.constantFrom('command', 'ingested'),
  outcome: fc.constantFrom('passed', 'failed', 'missing'),
  reason: wordOrNull,
  counts: fc.option(fc.record({ passed: count, failed: count, errored: count, skipped: count })),
  lineCoveragePercent: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  failedTests: fc.array(words, { maxLength: 3 }),
  durationMs: count,
});

/** Any verification: hostile words everywhere, and numbers that do not fit each other. */
export const anyVerification: fc.Arbitrary<Verification> = fc
  .record({
    passed: flag,
    validation: fc.tuple(...VALIDATORS.map(validator)).map(summarizeValidation),
    findings: fc.array(finding, { maxLength: 8 }),
    scans: fc.tuple(...SCANNERS.map(scan)),
    build: fc.option(fc.record({ succeeded: flag, reason: wordOrNull, durationMs: count })),
    tests: fc.array(suite, { maxLength: 2 }),
    gates: fc.array(gate, { maxLength: 4 }),
    score: fc.option(fc.integer({ min: 0, max: 100 })),
    reasons: fc.array(words, { maxLength: 3 }),
    recommendations: fc.array(
      fc.record({
        sentence: words,
        removes: count,
        severity,
        fingerprints: fc.array(hex, { maxLength: 2 }),
      }),
      { maxLength: 3 },
    ),
    notices: fc.array(words, { maxLength: 3 }),
  })
  .map((each) => ({
    ...aCleanVerification(),
    ...each,
    counts: countSeverities(each.findings.map((one) => one.severity)),
  }));

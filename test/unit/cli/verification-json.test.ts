import { verificationJson } from '../../../src/cli/output/verification-json';
import { aFinding, aRichVerification, aCleanVerification, SUBJECT } from './verification-samples';

interface Printed {
  readonly [key: string]: unknown;
  readonly findings: readonly Record<string, unknown>[];
  readonly coverage: readonly Record<string, unknown>[];
  readonly gates: readonly Record<string, unknown>[];
}

const printed = (verification = aRichVerification()): Printed =>
  JSON.parse(JSON.stringify(verificationJson(verification, SUBJECT))) as Printed;

describe('a verification for programs', () => {
  test('has the fields that are promised, and keeps its shape', () => {
    expect(printed()).toMatchSnapshot();
  });

  test('a clean one has the same fields as one with everything', () => {
    expect(Object.keys(printed(aCleanVerification()))).toEqual(Object.keys(printed()));
  });

  test('a finding says where, if only in the folder, and what it is called', () => {
    const [first, second] = printed().findings;
    expect(first).toMatchObject({
      scanner: 'secrets',
      ruleId: 'secrets/github-token',
      severity: 'critical',
      location: { path: 'src/settings.ts', line: 12 },
      fingerprint: `v1:${'1'.padStart(32, '0')}`,
      title: 'A GitHub token is written in this file.',
      state: 'active',
    });
    expect(second).toMatchObject({ location: { path: '.', line: null } });
  });

  test('coverage is by scanner, with what was skipped, and without the findings', () => {
    const compliance = printed().coverage.find(({ scanner }) => scanner === 'compliance')!;
    expect(compliance).toMatchObject({
      status: 'partial',
      covered: 3,
      total: 4,
      skipped: [{ target: 'main.tf', reason: 'larger than 5 MB' }],
    });
    expect(compliance).not.toHaveProperty('findings');
  });

  test('a gate has its value, its threshold, its unit and its direction', () => {
    expect(printed().gates[1]).toMatchObject({
      name: 'Unit Test Coverage',
      value: 79.96,
      threshold: 80,
      outcome: 'failed',
      unit: 'percent',
      passesWhen: 'at least',
    });
  });

  test('validation has the answer of the specification', () => {
    expect(printed()['validation']).toMatchObject({
      passed: false,
      results: { syntax: { passed: false, severity: 'high' }, assets: { severity: 'critical' } },
      summary: { total: 4, passed: 2, failed: 2, critical: 1 },
    });
  });

  test('nothing is left out, however much there is', () => {
    const findings = Array.from({ length: 5_000 }, (_, index) => aFinding(index));
    expect(printed(aRichVerification({ findings })).findings).toHaveLength(5_000);
  });
});

import { judgeChecks } from '../../../../src/domain/checks/judge-checks';
import type { Measurements } from '../../../../src/domain/checks/gate';
import type { JudgeInput } from '../../../../src/domain/checks/judge-checks';
import { notApplicable } from '../../../../src/domain/checks/scan-reports';
import {
  advisory,
  evidence,
  failing,
  finding,
  fingerprintOf,
  judgeInput,
  scans,
  validators,
} from '../support/checks';

const measure = (changes: Partial<JudgeInput>): Measurements =>
  judgeChecks(judgeInput(changes)).measurements;

describe('build success', () => {
  test('is the share of validators that passed', () => {
    const [, ...rest] = validators();
    expect(measure({ validators: [failing('syntax'), ...rest] }).build_success).toBe(75);
  });

  test('counts a validator without a report as failed', () => {
    const [, ...rest] = validators();
    expect(measure({ validators: rest }).build_success).toBe(75);
    expect(measure({ validators: [] }).build_success).toBe(0);
  });

  test('counts the build beside the validators, and its time', () => {
    const build = { succeeded: false, reason: 'exit code 1', durationMs: 61_500 };
    expect(measure({ build })).toMatchObject({ build_success: 80, build_time: 61.5 });
    expect(measure({})).not.toHaveProperty('build_time');
  });
});

describe('tests', () => {
  test('are measured without those that were skipped', () => {
    const counts = { passed: 18, failed: 1, errored: 1, skipped: 80 };
    const tests = [
      evidence({ outcome: 'failed', counts }),
      evidence({ suite: 'integration', outcome: 'failed', counts }),
    ];
    expect(measure({ tests })).toMatchObject({
      unit_test_pass_rate: 90,
      unit_test_coverage: 85,
      integration_test_pass_rate: 90,
    });
  });

  const none = { passed: 0, failed: 0, errored: 0, skipped: 5 };
  test.each([
    ['that are missing', evidence({ outcome: 'missing', reason: 'truncated' })],
    ['without counts', evidence({ counts: null, lineCoveragePercent: null })],
    ['of which all were skipped', evidence({ counts: none, lineCoveragePercent: null })],
    ['with coverage of a word', evidence({ counts: null, lineCoveragePercent: Number.NaN })],
    ['with coverage above 100', evidence({ counts: null, lineCoveragePercent: 8_500 })],
    [
      'with counts that are none',
      evidence({ counts: { ...none, passed: Number.NaN }, lineCoveragePercent: null }),
    ],
    [
      'that failed although each of them passed',
      evidence({ outcome: 'failed', lineCoveragePercent: null }),
    ],
  ])('%s measure nothing', (_what, one) => {
    const measured = measure({ tests: [one] });
    expect(measured).not.toHaveProperty('unit_test_pass_rate');
    expect(measured).not.toHaveProperty('unit_test_coverage');
  });
});

describe('counts of findings', () => {
  const secret = (severity: 'critical' | 'high' | 'medium' | 'low') =>
    finding({ severity, fingerprint: fingerprintOf(severity) });

  test('of secrets begin at medium', () => {
    const findings = (['critical', 'high', 'medium', 'low'] as const).map(secret);
    expect(measure({ scans: scans({ secrets: { findings } }) }).secrets).toBe(3);
  });

  test('of compliance begin at medium', () => {
    const findings = (['high', 'low'] as const).map((severity) => ({
      ...secret(severity),
      scanner: 'compliance' as const,
    }));
    expect(measure({ scans: scans({ compliance: { findings } }) })).toMatchObject({
      compliance_violations: 1,
      secrets: 0,
    });
  });

  test('of vulnerabilities add up what ships, each once', () => {
    const twice = advisory('CVE-2019-10744');
    const told = scans({
      vulnerabilities: { findings: [twice] },
      dependencies: { findings: [finding({ scanner: 'dependencies', severity: 'high' })] },
      container: {
        findings: [
          { ...twice, scanner: 'container' },
          finding({ scanner: 'container', severity: 'medium' }),
        ],
      },
    });
    expect(measure({ scans: told })).toMatchObject({
      critical_vulnerabilities: 0,
      high_vulnerabilities: 2,
      medium_vulnerabilities: 1,
    });
  });

  const VULNERABILITIES = ['critical', 'high', 'medium'].map((one) => `${one}_vulnerabilities`);
  test.each(['vulnerabilities', 'dependencies', 'container'] as const)(
    'of vulnerabilities are absent where the %s scan is incomplete: absent is never zero',
    (scanner) => {
      const measured = measure({ scans: scans({ [scanner]: { covered: 1 } }) });
      for (const metric of VULNERABILITIES) expect(measured).not.toHaveProperty(metric);
      expect(measured.secrets).toBe(0);
    },
  );

  test('of a scanner without anything to look at are zero, of one switched off absent', () => {
    const without = (scanner: 'vulnerabilities' | 'secrets' | 'compliance', reason: string) =>
      measure({
        scans: [
          ...scans().filter((report) => report.scanner !== scanner),
          notApplicable(scanner, reason),
        ],
      });
    const off = 'switched off by `deploymentPipeline.security`';
    expect(without('vulnerabilities', 'no lockfile').high_vulnerabilities).toBe(0);
    expect(without('vulnerabilities', off)).not.toHaveProperty('high_vulnerabilities');
    expect(without('secrets', off)).not.toHaveProperty('secrets');
    expect(without('compliance', off)).not.toHaveProperty('compliance_violations');
  });
});

describe('where a scanner is switched off', () => {
  const off = 'switched off by `deploymentPipeline.security`';
  const without = (scanner: 'vulnerabilities' | 'secrets' | 'compliance' | 'container') =>
    judgeChecks(
      judgeInput({
        scans: [
          ...scans().filter((report) => report.scanner !== scanner),
          notApplicable(scanner, off),
        ],
      }),
    );

  test.each(['vulnerabilities', 'secrets', 'compliance', 'container'] as const)(
    '%s, there is no security score that a gate could hold',
    (scanner) => {
      expect(without(scanner).measurements).not.toHaveProperty('security_score');
      expect(without(scanner).score).toBe(100);
    },
  );

  test('container, vulnerabilities are still counted: in packages', () => {
    expect(without('container').measurements).toMatchObject({ critical_vulnerabilities: 0 });
  });
});

describe('scan coverage', () => {
  test('is that of the scanner that saw least', () => {
    const told = scans({ secrets: { covered: 8 }, container: { covered: 99, total: 100 } });
    expect(measure({ scans: told }).scan_coverage).toBe(80);
  });

  test.each([
    ['failed', { status: 'failed' }],
    ['missed its probe', { probe: 'miss' }],
    ['could not say what there was', { status: 'partial', covered: 0, total: 0 }],
  ] as const)('is nothing where a scan %s', (_what, changes) => {
    expect(measure({ scans: scans({ secrets: changes }) }).scan_coverage).toBe(0);
    expect(measure({ scans: [] }).scan_coverage).toBe(0);
  });

  test('leaves out what does not apply', () => {
    const told = scans().map(({ scanner }) => notApplicable(scanner, 'nothing there'));
    expect(measure({ scans: told })).not.toHaveProperty('scan_coverage');
    expect(measure({ scans: scans({ secrets: { covered: 0, total: 0 } }) }).scan_coverage).toBe(
      100,
    );
  });
});

test('the artifact is measured in megabytes of a million bytes', () => {
  expect(measure({ artifactBytes: 1_500_000 }).artifact_size).toBe(1.5);
  expect(measure({ artifactBytes: Number.NaN })).not.toHaveProperty('artifact_size');
});

test('the score is a measurement while every scan is complete', () => {
  expect(measure({}).security_score).toBe(100);
  expect(measure({ scans: scans({ secrets: { covered: 1 } }) })).not.toHaveProperty(
    'security_score',
  );
});

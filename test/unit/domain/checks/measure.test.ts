import { measureChecks } from '../../../../src/domain/checks/measure';
import { finding, report } from '../support/checks';

const size = { artifactBytes: 1_500_000 };

describe('measureChecks', () => {
  test('measures what the checks have looked at, and nothing else', () => {
    const reports = [report('manifest'), report('secrets')];
    expect(measureChecks(reports, size)).toEqual({
      build_success: 100,
      secrets: 0,
      artifact_size: 1.5,
    });
  });

  test('build success is the share of validators that passed; scanners are none', () => {
    const reports = [
      report('manifest', { probe: 'none' }),
      report('configuration', { findings: [finding('high')] }),
      report('secrets', { findings: [finding('critical')] }),
      report('syntax', { status: 'not-applicable' }),
    ];
    expect(measureChecks(reports, size).build_success).toBe(50);
  });

  test('counts secrets from medium up', () => {
    const findings = (['critical', 'high', 'medium', 'low'] as const).map(finding);
    expect(measureChecks([report('secrets', { findings })], size).secrets).toBe(3);
  });

  test.each([
    ['failed', { status: 'failed' }],
    ['covered too little', { covered: 1 }],
    ['missed its probe', { probe: 'miss' }],
  ] as const)('a secret scan that %s measures nothing: absent is never zero', (_name, changes) => {
    expect(measureChecks([report('secrets', changes)], size)).not.toHaveProperty('secrets');
    expect(measureChecks([], size)).toEqual({ artifact_size: 1.5 });
  });

  test('vulnerabilities need a vulnerability scan; other scanners add to its count', () => {
    const container = report('container', { findings: [finding('high')] });
    expect(measureChecks([container], size)).not.toHaveProperty('high_vulnerabilities');
    const both = [container, report('vulnerabilities', { findings: [finding('high')] })];
    expect(measureChecks(both, size)).toMatchObject({
      critical_vulnerabilities: 0,
      high_vulnerabilities: 2,
    });
    const broken = [container, report('vulnerabilities', { status: 'failed' })];
    expect(measureChecks(broken, size)).not.toHaveProperty('high_vulnerabilities');
  });
});

import { SCANNERS } from '../../../../src/domain/checks/catalog';
import { judgeChecks } from '../../../../src/domain/checks/judge-checks';
import { brokenValidator } from '../../../../src/domain/checks/validation';
import {
  advisory,
  evidence,
  failing,
  finding,
  fingerprintOf,
  gate,
  judgeInput,
  scans,
  validators,
} from '../support/checks';

const [, ...others] = validators();

describe('the verdict', () => {
  test('over five clean scans and four passed validators is a pass, with everything listed', () => {
    const verification = judgeChecks(judgeInput({ gates: [gate('secrets', 0)] }));
    expect(verification).toMatchObject({
      passed: true,
      score: 100,
      reasons: [],
      blockers: [],
      notices: [],
      validation: { passed: true, summary: { total: 4, passed: 4, failed: 0, critical: 0 } },
      gates: [{ outcome: 'passed' }],
    });
    expect(verification.scans.map(({ scanner }) => scanner)).toEqual([...SCANNERS]);
  });

  test('says of each scan that is switched off that nothing was looked at', () => {
    const off = {
      status: 'not-applicable',
      reason: 'switched off by `deploymentPipeline.security`',
      covered: 0,
      total: 0,
      probe: 'none',
    } as const;
    const { notices, passed } = judgeChecks(judgeInput({ scans: scans({ container: off }) }));
    expect(passed).toBe(true);
    expect(notices).toEqual(['The container scan is switched off: nothing was looked at.']);
  });

  test('over nothing at all is no pass', () => {
    const verification = judgeChecks(judgeInput({ validators: [], scans: [] }));
    expect(verification).toMatchObject({ passed: false, score: null });
    expect(verification.reasons).toHaveLength(9);
  });

  test('names each reason once: gates, then what blocks whatever they say', () => {
    const planted = scans({ secrets: { findings: [finding()] } });
    const name = 'Secret Detection';
    expect(
      judgeChecks(judgeInput({ scans: planted, gates: [gate('secrets', 0, { name })] })).reasons,
    ).toEqual([
      'Secret Detection: 1, at most 0',
      'secrets: A private key in config/key.pem:3 (secrets/private-key)',
    ]);
  });

  test('blocks on a critical finding without any gate, and not on a high one', () => {
    const told = (severity: 'critical' | 'high') =>
      judgeInput({
        scans: scans({ compliance: { findings: [finding({ scanner: 'compliance', severity })] } }),
      });
    expect(judgeChecks(told('critical')).passed).toBe(false);
    expect(judgeChecks(told('high')).passed).toBe(true);
  });

  test('lists findings worst first, and counts only what is active', () => {
    const told = scans({
      secrets: {
        findings: [
          finding({ severity: 'low' }),
          finding({ severity: 'high', fingerprint: fingerprintOf('h') }),
        ],
      },
      vulnerabilities: { findings: [advisory('CVE-1-1', { severity: 'medium' })] },
    });
    const { findings, counts } = judgeChecks(judgeInput({ scans: told }));
    expect(findings.map(({ severity }) => severity)).toEqual(['high', 'medium', 'low']);
    expect(counts).toEqual({ critical: 0, high: 1, medium: 1, low: 1, info: 0 });
  });
});

describe('a validator', () => {
  test('that failed blocks where no gate says how many may', () => {
    expect(judgeChecks(judgeInput({ validators: [failing('syntax'), ...others] })).reasons).toEqual(
      ['syntax: src/index.json:4: is not valid JSON (syntax/broken)'],
    );
  });

  test('that failed is left to the gate where there is one', () => {
    const input = judgeInput({ validators: [failing('syntax'), ...others] });
    const lenient = gate('build_success', 75, { name: 'Build Success' });
    expect(judgeChecks({ ...input, gates: [lenient] }).passed).toBe(true);
    const strict = gate('build_success', 100, { name: 'Build Success' });
    expect(judgeChecks({ ...input, gates: [strict] }).reasons).toEqual([
      'Build Success: 75 %, at least 100 %',
    ]);
    const elsewhere = { ...lenient, environments: ['staging'] };
    expect(judgeChecks({ ...input, gates: [elsewhere] }).passed).toBe(false);
  });

  test('that failed is not excused by a gate that only warns', () => {
    const input = judgeInput({ validators: [failing('syntax'), ...others] });
    const warning = gate('build_success', 75, { blocking: false, onMissing: 'warn' });
    const reasons = ['syntax: src/index.json:4: is not valid JSON (syntax/broken)'];
    expect(judgeChecks({ ...input, gates: [warning] }).reasons).toEqual(reasons);
    const both = [warning, gate('build_success', 75)];
    expect(judgeChecks({ ...input, gates: both }).passed).toBe(true);
  });

  test('that failed is not excused by a gate that had nothing to compare with', () => {
    const input = judgeInput({ validators: [failing('syntax'), ...others] });
    const threshold = { kind: 'relative', changePercent: -50 } as const;
    const aside = gate('build_success', 0, { threshold, onMissing: 'warn' });
    expect(judgeChecks({ ...input, gates: [aside] }).gates).toMatchObject([{ outcome: 'missing' }]);
    expect(judgeChecks({ ...input, gates: [aside] }).passed).toBe(false);
  });

  test('that broke blocks whatever a gate says, and the others count', () => {
    const broken = brokenValidator('syntax', 'the worker ended');
    const gates = [gate('build_success', 0, { blocking: false })];
    const verification = judgeChecks(judgeInput({ validators: [broken, ...others], gates }));
    expect(verification).toMatchObject({
      passed: false,
      reasons: ['syntax: the validator broke: the worker ended'],
      validation: { summary: { total: 4, passed: 3, failed: 1, critical: 1 } },
    });
  });
});

describe('a build', () => {
  test('that failed blocks whatever a gate says', () => {
    const build = { succeeded: false, reason: 'it ended with exit code 2', durationMs: 5 };
    const gates = [gate('build_success', 0)];
    expect(judgeChecks(judgeInput({ build, gates })).reasons).toEqual([
      'build: it ended with exit code 2',
    ]);
  });
});

describe('tests that were asked for', () => {
  const counts = { passed: 38, failed: 1, errored: 1, skipped: 0 };
  const failed = evidence({ outcome: 'failed', counts, failedTests: ['a name of the project'] });
  const missing = evidence({
    suite: 'integration',
    outcome: 'missing',
    reason: 'the report is cut off',
  });

  test('block where they failed or say nothing, and no gate says how many may', () => {
    expect(judgeChecks(judgeInput({ tests: [missing, failed] })).reasons).toEqual([
      'integration tests: no result: the report is cut off',
      'unit tests: 2 of 40 tests failed',
    ]);
  });

  test('are left to the gate of their pass rate where there is one', () => {
    const gates = [
      gate('unit_test_pass_rate', 90),
      gate('integration_test_pass_rate', 90, { onMissing: 'warn' }),
    ];
    expect(judgeChecks(judgeInput({ tests: [missing, failed], gates })).passed).toBe(true);
  });

  test('are not excused by a gate that only warns', () => {
    const lenient = { blocking: false, onMissing: 'warn' } as const;
    const gates = [
      gate('unit_test_pass_rate', 90, lenient),
      gate('integration_test_pass_rate', 90, lenient),
    ];
    expect(judgeChecks(judgeInput({ tests: [missing, failed], gates })).reasons).toEqual([
      'integration tests: no result: the report is cut off',
      'unit tests: 2 of 40 tests failed',
    ]);
  });

  test('that failed are not excused by a gate without a measurement; those without a result are', () => {
    const aside = gate('unit_test_pass_rate', 90, { onMissing: 'warn' });
    const judged = (changes: Parameters<typeof evidence>[0]) =>
      judgeChecks(judgeInput({ tests: [evidence(changes)], gates: [aside] })).passed;
    expect(judged({ outcome: 'failed', counts: null })).toBe(false);
    expect(judged({ outcome: 'failed' })).toBe(false);
    expect(judged({ outcome: 'missing', counts: null, reason: 'cut off' })).toBe(true);
  });

  test('are missing where a gate needs them and nobody ran them', () => {
    const gates = [gate('unit_test_coverage', 80)];
    expect(judgeChecks(judgeInput({ gates })).gates).toMatchObject([{ outcome: 'missing' }]);
  });
});

describe('new findings', () => {
  const old = advisory('CVE-2019-1');
  const fresh = advisory('CVE-2026-1');
  const told = scans({ vulnerabilities: { findings: [old, fresh] } });
  const gates = [gate('high_vulnerabilities', 0, { scope: 'new' })];

  test('are those that the revision before did not have', () => {
    const previous = (...known: readonly string[]) => ({ measurements: {}, fingerprints: known });
    const judged = (known: readonly string[]) =>
      judgeChecks(judgeInput({ scans: told, gates, previous: previous(...known) })).gates[0]?.value;
    expect(judged([old.fingerprint])).toBe(1);
    expect(judged([old.fingerprint, fresh.fingerprint])).toBe(0);
  });

  test('are all of them where there is no revision before', () => {
    expect(judgeChecks(judgeInput({ scans: told, gates })).gates[0]?.value).toBe(2);
  });

  test('are not measured by a scan that is incomplete', () => {
    const partial = scans({ vulnerabilities: { findings: [], covered: 1 } });
    expect(judgeChecks(judgeInput({ scans: partial, gates })).gates[0]?.outcome).toBe('missing');
  });
});

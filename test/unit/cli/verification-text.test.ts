import fc from 'fast-check';
import { verificationText } from '../../../src/cli/output/verification-text';
import { widthOf } from '../../../src/cli/output/style';
import type { Verification } from '../../../src/domain/checks/verification';
import { anyVerification } from './any-verification';
import {
  aCleanVerification,
  aFinding,
  aGate,
  aRichVerification,
  aScan,
  SUBJECT,
} from './verification-samples';

/** Control characters, and letters that turn the text around. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const style = { color: false, unicode: true, columns: 100 };
const textOf = (verification: Verification, look = style): string =>
  verificationText(verification, SUBJECT, look).join('\n');

describe('a verification for people', () => {
  test('with one of everything: the verdict and why first, then what it rests on', () => {
    expect(textOf(aRichVerification())).toMatchSnapshot();
  });

  test('without anything to say fits a screen', () => {
    expect(textOf(aCleanVerification())).toMatchSnapshot();
  });

  test('keeps to a terminal that knows neither colours nor more than ASCII', () => {
    const text = textOf(aRichVerification({ tests: [] }), { ...style, unicode: false });
    expect(text).toMatch(/^!! BLOCKED/);
    expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  });

  test.each([60, 80, 100])('fits %i columns, painted or not', (columns) => {
    const looks = [true, false].map((color) => ({ color, unicode: true, columns }));
    const lines = looks.flatMap((look) => verificationText(aRichVerification(), SUBJECT, look));
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
  });

  test('names thirty findings and says how many more there are', () => {
    const findings = Array.from({ length: 41 }, (_, index) => aFinding(index));
    const text = textOf(aRichVerification({ findings }));
    expect(text.match(/A GitHub token is written/g)).toHaveLength(30 + 1);
    expect(text).toContain('and 11 more: --output json');
  });

  test('puts the worst first, whatever the order it gets', () => {
    const findings = [
      aFinding(1, { severity: 'low', title: 'small' }),
      aFinding(2, { severity: 'critical', title: 'large' }),
    ];
    const text = textOf(aCleanVerification({ findings }));
    expect(text.indexOf('large')).toBeLessThan(text.indexOf('small'));
  });

  test('a path that moves the cursor or forges a line does neither', () => {
    const path = 'a\u001b[2J\nPASSED\u202e/b\u0007.ts';
    const text = textOf(
      aRichVerification({
        findings: [aFinding(1, { location: { path, line: 1, resource: '\u001b]0;x\u0007' } })],
        scans: [aScan('secrets', { skipped: [{ target: path, reason: path, allowed: false }] })],
        gates: [aGate({ name: path })],
        reasons: [path],
        notices: [path],
      }),
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).not.toMatch(/^PASSED/m);
    expect(text).toContain('a[2J PASSED/b.ts:1');
  });

  test('whatever the names, nothing moves the cursor and no line is wider than the terminal', () => {
    fc.assert(
      fc.property(anyVerification, fc.integer({ min: 40, max: 120 }), (verification, columns) => {
        const lines = verificationText(verification, SUBJECT, { ...style, columns });
        expect(lines.filter((line) => UNSAFE.test(line) || widthOf(line) > columns)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('a value is rounded toward failure beside its threshold', () => {
    const gates = [
      aGate({ metric: 'unit_test_coverage', value: 79.96, threshold: 80, outcome: 'failed' }),
      aGate({ metric: 'build_time', value: 600.01, threshold: 600, outcome: 'warned' }),
      aGate({ metric: 'artifact_size', value: 1.1, threshold: 1.1, outcome: 'passed' }),
    ];
    const text = textOf(aRichVerification({ gates }));
    expect(text).toMatch(/79\.9 % +at least 80 %/);
    expect(text).toMatch(/600\.1 s +at most 600 s/);
    expect(text).toMatch(/ 1\.1 MB +at most 1\.1 MB/);
  });

  test('a second tool of a scanner has its own line, and what both found is told once', () => {
    const tool = { ...aScan('secrets').tool, name: 'gitleaks' };
    const scans = [
      aScan('secrets'),
      aScan('secrets', { tool, status: 'failed', reason: 'it ended' }),
    ];
    const text = textOf(aRichVerification({ scans }));
    expect(text).toMatch(/✔ secrets .* completed +1 critical$/m);
    expect(text).toMatch(/✖ \+ gitleaks .* failed$/m);
  });

  test('a scan that says completed but missed its probe is not shown as good', () => {
    const text = textOf(aCleanVerification({ scans: [aScan('secrets', { probe: 'miss' })] }));
    expect(text).toMatch(/✖ secrets .* completed$/m);
    expect(text).toContain('it did not find its known-bad probe');
  });

  test('coverage that lacks one of many is not 100 %', () => {
    const scans = [aScan('secrets', { status: 'partial', covered: 99_999, total: 100_000 })];
    expect(textOf(aRichVerification({ scans }))).toMatch(/█{9}░ {2}99 %/);
  });
});

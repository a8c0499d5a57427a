import { plainFingerprint } from '../../../../src/adapters/inspection/fingerprints';
import { SCANNERS, type ScannerName } from '../../../../src/domain/checks/catalog';
import { judgeChecks } from '../../../../src/domain/checks/judge-checks';
import { incompleteFindings } from '../../../../src/domain/checks/scan-incomplete';
import type { ScanReport } from '../../../../src/domain/checks/scan-report';
import { notApplicable, unanswered } from '../../../../src/domain/checks/scan-reports';
import { fingerprintOf, finding, judgeInput, scan, scans, suppression } from '../support/checks';

const hole = { target: 'big.bin', reason: 'larger than 10 MB' };
const gaps: readonly (readonly [string, Partial<ScanReport>, string])[] = [
  ['failed', { status: 'failed', reason: 'the worker ended' }, 'the worker ended'],
  [
    'was unavailable',
    { status: 'unavailable', reason: 'no source answered' },
    'no source answered',
  ],
  ['ran out of time', { status: 'timed-out', reason: null }, 'it ended as timed-out'],
  ['saw a part', { status: 'partial', reason: 'data of 9 days ago' }, 'data of 9 days ago'],
  ['covered too little', { covered: 9 }, 'it covered 9 of 10'],
  ['covered a number that is none', { covered: Number.NaN, total: 10 }, 'it covered NaN of 10'],
  ['covered more than there is', { covered: 11 }, 'it covered 11 of 10'],
  ['looked without a probe', { probe: 'none' }, 'it looked without its known-bad probe'],
  ['missed its probe', { probe: 'miss' }, 'it did not find its known-bad probe'],
  [
    'left something out that it should have seen',
    { skipped: [{ ...hole, allowed: false }] },
    '(for example big.bin: larger than 10 MB)',
  ],
];

describe('a scan that', () => {
  test.each(gaps)('%s blocks by itself and cannot be suppressed', (_what, changes, reason) => {
    const fingerprint = incompleteFindings([scan('secrets', changes)])[0]?.fingerprint ?? '';
    const verification = judgeChecks(
      judgeInput({
        scans: scans({ secrets: changes }),
        suppressions: [
          suppression({ kind: 'fingerprint', fingerprint }),
          suppression({ kind: 'rule', ruleId: 'scan-incomplete/secrets', path: '**' }),
        ],
        severities: { 'scan-incomplete/secrets': 'info' },
      }),
    );
    expect(verification).toMatchObject({
      passed: false,
      score: null,
      blockers: [{ scanner: 'secrets', severity: 'critical', fingerprints: [fingerprint] }],
      findings: [{ ruleId: 'scan-incomplete/secrets', severity: 'critical', state: 'active' }],
    });
    expect(verification.reasons.join()).toContain(reason);
    expect(verification.measurements).not.toHaveProperty('secrets');
  });

  test('gave no report is one that failed', () => {
    const [, ...others] = scans();
    const verification = judgeChecks(judgeInput({ scans: others }));
    expect(verification.passed).toBe(false);
    expect(verification.scans.map(({ scanner }) => scanner)).toEqual([...SCANNERS]);
    expect(verification.findings[0]?.title).toBe(
      'The vulnerabilities scan is incomplete: it gave no report',
    );
  });

  test('does not apply blocks nothing', () => {
    const none = notApplicable('container', 'no image and no Dockerfile');
    const others = scans().filter(({ scanner }) => scanner !== 'container');
    expect(judgeChecks(judgeInput({ scans: [...others, none] })).passed).toBe(true);
  });

  test('had nothing to look at needs no probe', () => {
    const nothing = { covered: 0, total: 0, probe: 'none' } as const;
    expect(judgeChecks(judgeInput({ scans: scans({ vulnerabilities: nothing }) })).passed).toBe(
      true,
    );
  });

  test('left out only what no rule is about is complete', () => {
    const skipped = [{ target: 'logo.png', reason: 'binary', allowed: true }];
    expect(judgeChecks(judgeInput({ scans: scans({ secrets: { skipped } }) })).passed).toBe(true);
  });

  test('is complete beside another tool of the same scanner that is not: the scanner is not', () => {
    const failed = unanswered('secrets', 'failed', { reason: 'exit 2', total: 1 });
    const both = [...scans(), { ...failed, tool: { ...failed.tool, name: 'gitleaks' } }];
    expect(judgeChecks(judgeInput({ scans: both })).blockers).toMatchObject([
      { scanner: 'secrets' },
    ]);
  });
});

test('a finding of its own that calls itself incomplete cannot be suppressed either', () => {
  const told = finding({ ruleId: 'scan-incomplete/secrets', fingerprint: fingerprintOf('own') });
  const verification = judgeChecks(
    judgeInput({
      scans: scans({ secrets: { findings: [told] } }),
      suppressions: [suppression({ kind: 'rule', ruleId: told.ruleId, path: '**' })],
    }),
  );
  expect(verification.passed).toBe(false);
  expect(verification.notices.join()).toContain('cannot be suppressed');
});

test('the fingerprints are those of the fingerprint function', () => {
  const expected = (scanner: ScannerName) => plainFingerprint(['scan-incomplete', scanner]);
  const found = incompleteFindings(SCANNERS.map((name) => scan(name, { status: 'failed' })));
  expect(found.map(({ fingerprint }) => fingerprint)).toEqual(SCANNERS.map(expected));
});

test('a reason cannot fill a report or steer a terminal', () => {
  const reason = `\u001b[2J\n${'x'.repeat(10_000)}`;
  const [found] = incompleteFindings([scan('secrets', { status: 'failed', reason })]);
  expect(found?.title.length).toBeLessThan(700);
  expect(found?.title).not.toMatch(/\p{Cc}/u);
});

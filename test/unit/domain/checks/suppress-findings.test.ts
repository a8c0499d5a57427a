import { judgeChecks } from '../../../../src/domain/checks/judge-checks';
import type { Finding } from '../../../../src/domain/checks/finding';
import type { Suppression, SuppressionMatch } from '../../../../src/domain/checks/policy';
import { matchesSuppression } from '../../../../src/domain/checks/suppression-match';
import {
  advisory,
  DAY_MS,
  finding,
  judgeInput,
  NOW_MS,
  scans,
  suppression,
} from '../support/checks';

const KEY = finding();
const BY_FINGERPRINT = { kind: 'fingerprint', fingerprint: KEY.fingerprint } as const;

function judged(found: Finding, ...suppressions: readonly Suppression[]) {
  const told = scans({ [found.scanner]: { findings: [found] } });
  return judgeChecks(judgeInput({ scans: told, suppressions }));
}

describe('a suppression', () => {
  test('sets a finding aside with its reason, and lists it', () => {
    const verification = judged(KEY, suppression(BY_FINGERPRINT));
    expect(verification).toMatchObject({
      passed: true,
      score: 100,
      counts: { critical: 0 },
      measurements: { secrets: 0 },
      blockers: [],
      notices: [],
      findings: [
        {
          state: 'suppressed',
          suppression: {
            reason: 'false-positive',
            statement: 'A fixture.',
            approvedBy: 'ada',
            place: 'security.suppressions[0]',
          },
        },
      ],
    });
  });

  test.each([
    ['at its last millisecond still holds', NOW_MS + 1, true],
    ['at its end is over', NOW_MS, false],
    ['without a time that is one never holds', Number.NaN, false],
  ])('%s', (_what, expiresAtMs, passed) => {
    const verification = judged(KEY, suppression(BY_FINGERPRINT, { expiresAtMs }));
    expect(verification.passed).toBe(passed);
    if (passed) return;
    expect(verification.findings[0]).toMatchObject({ state: 'active', suppression: null });
    expect(verification.notices[0]).toMatch(/^security\.suppressions\[0\] expired on /);
  });

  test('that matches nothing is named as stale', () => {
    const stale = suppression({ ...BY_FINGERPRINT, fingerprint: `v1:${'0'.repeat(32)}` });
    const verification = judged(KEY, stale);
    expect(verification.passed).toBe(false);
    expect(verification.notices).toEqual([
      'security.suppressions[0] matches nothing any more: remove it',
    ]);
  });

  test.each(['not-affected', 'risk-accepted', 'fix-pending'] as const)(
    'of a secret as %s does not apply, and says so',
    (reason) => {
      const verification = judged(KEY, suppression(BY_FINGERPRINT, { reason }));
      expect(verification.passed).toBe(false);
      expect(verification.notices[0]).toContain('only as `false-positive` or `revoked`');
    },
  );

  test('of a secret that was revoked applies', () => {
    expect(judged(KEY, suppression(BY_FINGERPRINT, { reason: 'revoked' })).passed).toBe(true);
  });

  test('of a critical finding holds for at most 30 days', () => {
    const expiresAtMs = NOW_MS + 31 * DAY_MS;
    const long = suppression(BY_FINGERPRINT, { expiresAtMs });
    expect(judged(KEY, long)).toMatchObject({ passed: false });
    expect(judged(KEY, long).notices[0]).toContain('more than 30 days');
    const high = advisory('CVE-2019-1');
    const byHigh = suppression({ kind: 'fingerprint', fingerprint: high.fingerprint });
    expect(judged(high, { ...byHigh, expiresAtMs })).toMatchObject({ notices: [] });
    expect(judged(high, { ...byHigh, expiresAtMs }).findings[0]?.state).toBe('suppressed');
    for (const createdAtMs of [NOW_MS + 2 * DAY_MS, Number.NaN]) {
      expect(judged(KEY, { ...long, createdAtMs }).passed).toBe(false);
    }
    const begun = { expiresAtMs: NOW_MS + 25 * DAY_MS, createdAtMs: NOW_MS - 5 * DAY_MS };
    expect(judged(KEY, suppression(BY_FINGERPRINT, begun)).passed).toBe(true);
    const earlier = { ...begun, createdAtMs: NOW_MS - 6 * DAY_MS };
    expect(judged(KEY, suppression(BY_FINGERPRINT, earlier)).passed).toBe(false);
  });

  test.each([
    ['of the secrets scan', finding({ severity: 'medium' })],
    ['of an external tool', finding({ severity: 'high', ruleId: 'gitleaks/jwt' })],
    ['in an image', finding({ severity: 'high', scanner: 'container' })],
  ])('of a secret %s holds for at most 30 days, whatever its severity', (_what, found) => {
    const match = { kind: 'fingerprint', fingerprint: found.fingerprint } as const;
    const during = (days: number) =>
      judged(found, suppression(match, { expiresAtMs: NOW_MS + days * DAY_MS }));
    expect(during(30).findings[0]?.state).toBe('suppressed');
    expect(during(31).findings[0]?.state).toBe('active');
    expect(during(31).notices[0]).toContain('does not apply to a secret');
  });

  test('beside one that does not apply still applies', () => {
    const expired = suppression(BY_FINGERPRINT, { expiresAtMs: 0 });
    const place = 'security.suppressions[1]';
    const verification = judged(KEY, expired, suppression(BY_FINGERPRINT, { place }));
    expect(verification.findings[0]?.suppression?.place).toBe(place);
    expect(verification.notices).toHaveLength(1);
  });

  test('of what one tool tells does not set aside what another tells', () => {
    const told = [
      advisory('GHSA-jf85-cpcp-j695', { aliases: ['CVE-2019-10744'] }),
      advisory('CVE-2019-10744', { sources: ['trivy'] }),
    ] as const;
    const aside = suppression({ kind: 'fingerprint', fingerprint: told[0].fingerprint });
    const verification = judgeChecks(
      judgeInput({ scans: scans({ vulnerabilities: { findings: told } }), suppressions: [aside] }),
    );
    expect(verification.findings).toMatchObject([
      { state: 'active', fingerprint: told[1].fingerprint },
    ]);
  });
});

describe('what it matches', () => {
  const lodash = advisory('GHSA-jf85-cpcp-j695', { aliases: ['CVE-2019-10744'] });
  const scoped = advisory('GHSA-jf85-cpcp-j695', {
    component: { name: '@a/b', version: '1.0.0', purl: 'pkg:npm/%40a/b@1.0.0' },
  });
  const rule = (ruleId: string, path: string): SuppressionMatch => ({ kind: 'rule', ruleId, path });
  const of = (id: string, component: string): SuppressionMatch => ({
    kind: 'advisory',
    advisory: id,
    component,
  });

  test.each([
    ['rule and path', rule('secrets/private-key', 'config/key.pem'), KEY, true],
    ['rule and glob', rule('secrets/private-key', 'config/**'), KEY, true],
    ['another path', rule('secrets/private-key', 'src/**'), KEY, false],
    ['another rule', rule('secrets/jwt', '**'), KEY, false],
    ['a finding without a place', rule(KEY.ruleId, '**'), { ...KEY, location: null }, false],
    ['advisory and name', of('GHSA-jf85-cpcp-j695', 'lodash'), lodash, true],
    ['its other name', of('cve-2019-10744', 'lodash'), lodash, true],
    ['name and version', of('CVE-2019-10744', 'lodash@4.17.0'), lodash, true],
    ['another version', of('CVE-2019-10744', 'lodash@4.17.1'), lodash, false],
    ['package address', of('CVE-2019-10744', 'pkg:npm/lodash'), lodash, true],
    ['package address and version', of('CVE-2019-10744', 'pkg:npm/lodash@4.17.0'), lodash, true],
    ['another component', of('CVE-2019-10744', 'minimist'), lodash, false],
    ['a part of the name', of('CVE-2019-10744', 'lod'), lodash, false],
    ['a component in a scope', of('GHSA-jf85-cpcp-j695', '@a/b'), scoped, true],
    ['its package address', of('GHSA-jf85-cpcp-j695', 'pkg:npm/%40a/b'), scoped, true],
  ])('%s', (_what, ...row) => {
    const [match, found, expected] = row;
    expect(matchesSuppression(match, found)).toBe(expected);
  });
});

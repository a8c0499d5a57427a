import { parseConfig } from '../../../src/config/parse-config';
import { errorOf } from './support';

const security = (rest: string): string => `deploymentPipeline:\n  security:\n    ${rest}\n`;

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const FINGERPRINT = `v1:${'0a'.repeat(16)}`;

function problemsAt(entry: string) {
  const text = security(`suppressions: [{ statement: s, approvedBy: ada, ${entry} }]`);
  const error = errorOf(() => parseConfig(text, { file: 'belay.yaml', nowMs: NOW_MS }));
  const problems = error.details['problems'] as readonly {
    path: string;
    rule: string;
    suggestion: string | null;
  }[];
  return problems.map(({ path, rule, suggestion }) => ({
    path: path.replace(/^.*suppressions\[0\]\.?/, ''),
    said: `${rule}. ${suggestion ?? ''}`,
  }));
}

describe('a suppression', () => {
  const by = (entry: string): string => `fingerprint: '${FINGERPRINT}', ${entry}`;

  test.each([
    ['without an end', by('reason: fix-pending'), 'expires', /is missing/],
    ['without a reason', by('expires: 2026-12-01'), 'reason', /must be|missing/],
    [
      'that ends too late',
      by('reason: fix-pending, expires: 2027-02-22'),
      'expires',
      /90 days after today.*`2027-02-21`/,
    ],
    [
      'that ends too late after its day',
      by('reason: fix-pending, created: 2026-10-01, expires: 2026-12-31'),
      'expires',
      /90 days after `created`.*`2026-12-30`/,
    ],
    [
      'that was made tomorrow, so that it ends later',
      by('reason: fix-pending, created: 2026-12-31, expires: 2027-01-30'),
      'created',
      /in the future/,
    ],
    [
      'that ends before it begins',
      by('reason: fix-pending, created: 2026-11-20, expires: 2026-11-20'),
      'expires',
      /not after `created`/,
    ],
    [
      'that ends on no day',
      by('reason: fix-pending, expires: 2026-02-30'),
      'expires',
      /no day of the calendar/,
    ],
    [
      'of nothing',
      'reason: fix-pending, expires: 2026-12-01',
      '',
      /does not say what it sets aside/,
    ],
    [
      'of two things',
      by('rule: a/b, path: x, reason: fix-pending, expires: 2026-12-01'),
      '',
      /in two ways/,
    ],
    [
      'of a rule everywhere',
      'rule: a/b, reason: fix-pending, expires: 2026-12-01',
      '',
      /needs `path` too/,
    ],
    [
      'of an advisory everywhere',
      'advisory: CVE-1, reason: fix-pending, expires: 2026-12-01',
      '',
      /needs `component` too/,
    ],
    [
      'of a line',
      "fingerprint: 'v1:12', reason: fix-pending, expires: 2026-12-01",
      'fingerprint',
      /as reports show it/,
    ],
    [
      'of a real secret',
      "rule: secrets/jwt, path: '**', reason: risk-accepted, expires: 2026-12-01",
      'reason',
      /can only be revoked/,
    ],
    [
      'of a secret for longer than 30 days',
      "rule: secrets/jwt, path: '**', reason: revoked, expires: 2026-12-24",
      'expires',
      /30 days after today/,
    ],
    [
      'of a path that no report shows',
      "rule: a/b, path: '/src/**', reason: fix-pending, expires: 2026-12-01",
      'path',
      /Write `src\/\*\*`/,
    ],
    [
      'of an incomplete scan',
      "rule: scan-incomplete/secrets, path: '**', reason: fix-pending, expires: 2026-12-01",
      'rule',
      /cannot be suppressed/,
    ],
  ])('%s is refused', (_what, entry, ...expected) => {
    const [path, said] = expected;
    expect(problemsAt(entry)).toEqual([{ path, said: expect.stringMatching(said) as string }]);
  });

  test('that is over is no mistake: what it set aside counts again, and a notice says so', () => {
    const entry = by('reason: fix-pending, created: 2026-01-01, expires: 2026-02-01');
    const text = security(`suppressions: [{ statement: s, approvedBy: ada, ${entry} }]`);
    const { checks } = parseConfig(text, { file: 'belay.yaml', nowMs: NOW_MS });
    expect(checks.suppressions).toEqual([
      {
        match: { kind: 'fingerprint', fingerprint: FINGERPRINT },
        reason: 'fix-pending',
        statement: 's',
        approvedBy: 'ada',
        createdAtMs: Date.UTC(2026, 0, 1),
        expiresAtMs: Date.UTC(2026, 1, 1),
        ticket: null,
        place: 'security.suppressions[0]',
      },
    ]);
  });

  test('names a rule and a path, or an advisory and a component', () => {
    const text = security(`suppressions:
      - { rule: dockerfile/root-user, path: 'ops/**', reason: risk-accepted, statement: s, approvedBy: ada, expires: 2026-12-01, ticket: OPS-1 }
      - { advisory: GHSA-jf85-cpcp-j695, component: lodash@4.17.0, reason: not-affected, statement: s, approvedBy: ada, expires: 2026-12-01 }`);
    const { checks } = parseConfig(text, { file: 'belay.yaml', nowMs: NOW_MS });
    expect(checks.suppressions).toMatchObject([
      { match: { kind: 'rule', ruleId: 'dockerfile/root-user', path: 'ops/**' }, ticket: 'OPS-1' },
      { match: { kind: 'advisory', advisory: 'GHSA-jf85-cpcp-j695', component: 'lodash@4.17.0' } },
    ]);
  });
});

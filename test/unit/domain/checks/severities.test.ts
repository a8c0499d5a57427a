import { judgeChecks } from '../../../../src/domain/checks/judge-checks';
import { finding, judgeInput, scans } from '../support/checks';

const told = scans({ secrets: { findings: [finding(), finding({ fingerprint: 'v1:other' })] } });

test('the configuration has the last word on a severity, and it is said', () => {
  const severities = { 'secrets/private-key': 'low' } as const;
  expect(judgeChecks(judgeInput({ scans: told, severities }))).toMatchObject({
    passed: true,
    counts: { critical: 0, low: 2 },
    findings: [{ severity: 'low', severityFrom: 'override' }, { severityFrom: 'override' }],
    notices: [
      'security.severities: 2 findings of secrets/private-key counted as low, as the configuration says',
    ],
  });
});

test('what a rule raises blocks', () => {
  const low = scans({
    compliance: { findings: [finding({ scanner: 'compliance', severity: 'low' })] },
  });
  expect(judgeChecks(judgeInput({ scans: low })).passed).toBe(true);
  const severities = { 'secrets/private-key': 'critical' } as const;
  expect(judgeChecks(judgeInput({ scans: low, severities })).passed).toBe(false);
});

test('a rule without findings, or with a name that every object has, changes nothing', () => {
  const found = finding({ ruleId: 'toString' });
  const one = scans({ secrets: { findings: [found] } });
  const verification = judgeChecks(judgeInput({ scans: one, severities: { jwt: 'low' } }));
  expect(verification).toMatchObject({ notices: [], findings: [found] });
});

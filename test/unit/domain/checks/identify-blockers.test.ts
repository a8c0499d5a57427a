import { identifyBlockers } from '../../../../src/domain/checks/identify-blockers';
import { advisory, finding, fingerprintOf } from '../support/checks';

test('each scanner with critical findings blocks, and says where they are', () => {
  const found = [
    finding(),
    finding({ severity: 'high' }),
    advisory('CVE-2019-10744', { severity: 'critical' }),
    finding({ scanner: 'compliance', state: 'suppressed' }),
  ];
  expect(identifyBlockers(found).map(({ scanner, sentence }) => [scanner, sentence])).toEqual([
    [
      'vulnerabilities',
      'vulnerabilities: Prototype pollution in lodash 4.17.0 in package-lock.json (CVE-2019-10744)',
    ],
    ['secrets', 'secrets: A private key in config/key.pem:3 (secrets/private-key)'],
  ]);
});

test('hundreds of critical findings are counted instead of listed', () => {
  const found = Array.from({ length: 500 }, (_, index) =>
    finding({ fingerprint: fingerprintOf(index) }),
  );
  const [blocker, ...others] = identifyBlockers(found);
  expect(others).toEqual([]);
  expect(blocker?.fingerprints).toHaveLength(500);
  expect(blocker?.sentence).toMatch(/, and 497 more critical findings$/);
});

test('a path with control characters cannot steer a terminal', () => {
  const location = { path: `a\u001b[31m\n${'b'.repeat(5_000)}`, line: 1, resource: null };
  const [blocker] = identifyBlockers([finding({ location })]);
  expect(blocker?.sentence).not.toMatch(/\p{Cc}/u);
  expect(blocker?.sentence.length).toBeLessThan(600);
});

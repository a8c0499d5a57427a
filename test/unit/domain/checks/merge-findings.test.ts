import { mergeFindings } from '../../../../src/domain/checks/merge-findings';
import { advisory, finding, fingerprintOf } from '../support/checks';

describe('one problem told twice', () => {
  test('with one fingerprint is one finding: sources united, the worst severity', () => {
    const told = [
      finding({ severity: 'high', sources: ['belay'] }),
      finding({ severity: 'critical', sources: ['gitleaks'] }),
    ];
    const merged = mergeFindings(told);
    expect(merged).toHaveLength(1);
    expect(merged[0]).toMatchObject({ severity: 'critical', sources: ['belay', 'gitleaks'] });
  });

  test('as an advisory under two of its names is one finding with all of them', () => {
    const told = [
      advisory('GHSA-jf85-cpcp-j695', {
        aliases: ['CVE-2019-10744'],
        cvss: 9.1,
        severity: 'critical',
        sources: ['osv'],
      }),
      advisory('CVE-2019-10744', {
        sources: ['trivy'],
        fix: { key: 'upgrade:pkg:npm/lodash@4.17.21', sentence: 'Upgrade lodash to 4.17.21.' },
      }),
    ];
    const [merged, ...others] = mergeFindings(told);
    expect(others).toEqual([]);
    expect(merged).toMatchObject({
      ruleId: 'GHSA-jf85-cpcp-j695',
      severity: 'critical',
      aliases: ['CVE-2019-10744'],
      sources: ['osv', 'trivy'],
      cvss: 9.1,
      fix: { sentence: 'Upgrade lodash to 4.17.21.' },
    });
  });

  test('keeps the fingerprint that it had before another tool joined', () => {
    const own = advisory('GHSA-jf85-cpcp-j695', { aliases: ['CVE-2019-10744'], sources: ['osv'] });
    for (const word of ['a', 'b', 'c', 'd']) {
      const other = advisory('CVE-2019-10744', {
        severity: 'critical',
        sources: ['trivy'],
        fingerprint: fingerprintOf(word),
      });
      expect(mergeFindings([other, own])[0]?.fingerprint).toBe(own.fingerprint);
    }
  });

  test('by two scanners whose findings one gate counts is one finding', () => {
    const told = [advisory('CVE-2019-10744'), advisory('CVE-2019-10744', { scanner: 'container' })];
    expect(mergeFindings(told)).toMatchObject([{ scanner: 'vulnerabilities' }]);
  });
});

describe('an advisory without its component', () => {
  const nameless = advisory('CVE-2019-10744', {
    component: null,
    sources: ['trivy'],
    severity: 'critical',
    fingerprint: fingerprintOf('trivy'),
  });
  const named = advisory('GHSA-jf85-cpcp-j695', { aliases: ['CVE-2019-10744'] });

  test('is the one that is told of its file', () => {
    const merged = mergeFindings([nameless, named]);
    expect(merged).toMatchObject([
      { severity: 'critical', component: named.component, fingerprint: named.fingerprint },
    ]);
  });

  test('stays alone where it could be either of two, or is of another file', () => {
    const component = { name: 'lodash.template', version: '4', purl: 'pkg:npm/lodash.template@4' };
    const second = advisory('CVE-2019-10744', { component, fingerprint: fingerprintOf('second') });
    expect(mergeFindings([nameless, named, second])).toHaveLength(3);
    const location = { path: 'web/package-lock.json', line: null, resource: null };
    expect(mergeFindings([nameless, { ...named, location }])).toHaveLength(2);
  });
});

describe('two problems', () => {
  test.each([
    ['of two components', { component: { name: 'm', version: '1', purl: 'pkg:npm/m@1' } }],
    [
      'in two lockfiles',
      { location: { path: 'web/package-lock.json', line: null, resource: null } },
    ],
  ])('%s stay two, although the advisory is one', (_what, changes) => {
    const other = advisory('GHSA-jf85-cpcp-j695', { ...changes, fingerprint: fingerprintOf('2') });
    expect(mergeFindings([advisory('GHSA-jf85-cpcp-j695'), other])).toHaveLength(2);
  });

  test('of gates that count separately stay two, although they have one fingerprint', () => {
    const fingerprint = fingerprintOf('same');
    const told = [finding({ fingerprint }), advisory('CVE-2019-10744', { fingerprint })];
    expect(mergeFindings(told)).toHaveLength(2);
  });

  test('that share a word which is no name of an advisory stay two', () => {
    const [one, other] = [advisory('GHSA-jf85-cpcp-j695'), advisory('GHSA-4xc9-xhrj-v574')];
    const told = [one, other].map((each) => ({ ...each, aliases: ['', 'lodash', 'UNKNOWN'] }));
    expect(mergeFindings(told)).toHaveLength(2);
  });
});

test('what one tool still tells actively is active, whatever was set aside', () => {
  const aside = finding({ state: 'suppressed', sources: ['belay'] });
  expect(mergeFindings([aside, finding({ severity: 'low' })])).toMatchObject([
    { state: 'active', suppression: null },
  ]);
});

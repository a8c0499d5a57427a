import * as fc from 'fast-check';
import { advisoryFindings } from '../../../src/adapters/scanners/vulnerabilities/advisory-findings';
import { advisorySeverity } from '../../../src/adapters/scanners/vulnerabilities/advisory-severity';
import type { Component } from '../../../src/domain/checks/component';
import type { AdvisoryMatch } from '../../../src/ports/advisory-source';

const COMPONENT: Component = {
  ecosystem: 'npm',
  name: 'thing',
  version: '1.0.0',
  purl: 'pkg:npm/thing@1.0.0',
  lockfile: 'package-lock.json',
  line: 4,
  source: { kind: 'registry', host: null, secure: true },
  hashes: [],
  licence: null,
  licenceIsSpdx: false,
  dev: false,
  hasInstallScript: false,
  direct: true,
  deprecated: false,
};

function matched(id: string, parts: Partial<AdvisoryMatch> = {}): AdvisoryMatch {
  return {
    coordinate: { ecosystem: 'npm', name: 'thing', version: '1.0.0' },
    id,
    aliases: [],
    summary: '',
    cvssVector: null,
    severityWord: null,
    fixedIn: null,
    isMalicious: false,
    ...parts,
  };
}

const CVE = 'CVE-2026-99001';

describe('findings of advisories', () => {
  it('are one for one problem under several names', () => {
    const findings = advisoryFindings(
      [
        matched('PYSEC-2026-1', { aliases: ['GHSA-aaaa-aaaa-aaaa'], severityWord: 'low' }),
        matched('OTHER-1', { aliases: [CVE], severityWord: 'CRITICAL' }),
        matched('GHSA-aaaa-aaaa-aaaa', { aliases: [CVE], fixedIn: '1.0.1' }),
        matched('GHSA-bbbb-bbbb-bbbb'),
      ],
      [COMPONENT],
    );
    expect(findings.map(({ ruleId }) => ruleId).sort()).toEqual([
      'GHSA-aaaa-aaaa-aaaa',
      'GHSA-bbbb-bbbb-bbbb',
    ]);
    const merged = findings.find(({ ruleId }) => ruleId === 'GHSA-aaaa-aaaa-aaaa');
    expect(merged).toMatchObject({
      severity: 'critical',
      aliases: [CVE, 'OTHER-1', 'PYSEC-2026-1'],
      fix: { sentence: 'Upgrade thing to 1.0.1 (in package-lock.json).' },
    });
  });

  it('have the same fingerprint whichever name a source tells first', () => {
    const names = ['GHSA-aaaa-aaaa-aaaa', 'PYSEC-2026-1', CVE];
    const fingerprints = names.map((id) => {
      const aliases = names.filter((name) => name !== id);
      return advisoryFindings([matched(id, { aliases })], [COMPONENT])[0]?.fingerprint;
    });
    expect(new Set(fingerprints).size).toBe(1);
  });

  it('do not depend on the order of the matches', () => {
    const name = fc.constantFrom('CVE-2026-1', 'GHSA-aaaa-aaaa-aaaa', 'PYSEC-1', 'X-1', 'X-2');
    const matches = fc.uniqueArray(
      fc.record({ id: name, aliases: fc.uniqueArray(name, { maxLength: 2 }) }),
      { maxLength: 5, selector: ({ id }) => id },
    );
    const shuffled = matches.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    const seen = (list: readonly { id: string; aliases: readonly string[] }[]) =>
      advisoryFindings(
        list.map(({ id, aliases }) => matched(id, { aliases })),
        [COMPONENT],
      )
        .map(({ ruleId, fingerprint, aliases }) => ({ ruleId, fingerprint, aliases }))
        .sort((one, other) => (one.fingerprint < other.fingerprint ? -1 : 1));
    fc.assert(fc.property(shuffled, ([one, other]) => expect(seen(one)).toEqual(seen(other))));
  });

  it('keep the summary of a stranger on one bounded line', () => {
    const summary = `Bad\n\u001b[31mred\u202e ${'x'.repeat(500)}`;
    const title = advisoryFindings([matched('X-1', { summary })], [COMPONENT])[0]?.title ?? '';
    expect(title.length).toBeLessThan(250);
    expect(/[\n\u001b\u202e]/.test(title)).toBe(false);
  });

  it('tell to remove what is malicious and has no fix', () => {
    const found = advisoryFindings([matched('MAL-1', { isMalicious: true })], [COMPONENT]);
    expect(found).toMatchObject([
      { severity: 'critical', fix: { sentence: 'Remove thing (from package-lock.json).' } },
    ]);
  });

  it('are one for each lockfile', () => {
    const other = { ...COMPONENT, lockfile: 'web/package-lock.json' };
    const findings = advisoryFindings([matched('X-1')], [COMPONENT, other]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});

describe('the severity of an advisory', () => {
  const HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';
  it.each([
    [[HIGH], ['critical'], { severity: 'high', severityFrom: 'cvss', cvss: 7.5 }],
    [[], ['moderate'], { severity: 'medium', severityFrom: 'source', cvss: null }],
    [[], ['MODERATE', 'High'], { severity: 'high', severityFrom: 'source', cvss: null }],
    [['CVSS:3.1/AV:N'], ['low'], { severity: 'low', severityFrom: 'source', cvss: null }],
    [['garbage'], ['constructor'], { severity: 'high', severityFrom: 'unknown', cvss: null }],
    [[], [], { severity: 'high', severityFrom: 'unknown', cvss: null }],
  ])('of %j and %j', (cvssVectors, severityWords, expected) => {
    const said = { isMalicious: false, cvssVectors, severityWords };
    expect(advisorySeverity(said)).toEqual(expected);
  });
});

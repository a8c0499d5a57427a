import * as fc from 'fast-check';
import semver from 'semver';
import { matchRecord } from '../../../src/adapters/advisories/advisory-sources/match-record';
import { readOsvRecord } from '../../../src/adapters/advisories/advisory-sources/osv-record';
import { baseScore } from '../../../src/adapters/inspection/components/base-score';
import type { Coordinate } from '../../../src/ports/advisory-source';

type Events = readonly Readonly<Record<string, string>>[];

interface Affected {
  readonly ecosystem?: string;
  readonly name?: string;
  readonly events?: Events;
  readonly ranges?: readonly Events[];
  readonly versions?: readonly string[];
  readonly type?: string;
}

function record(affected: Affected, parts: Readonly<Record<string, unknown>> = {}) {
  const { ecosystem = 'npm', name = 'thing', events, versions = [], type } = affected;
  const ranges = affected.ranges ?? (events === undefined ? [] : [events]);
  const written = {
    id: 'BELAY-FIXTURE-1',
    affected: [
      {
        package: { ecosystem, name },
        versions,
        ranges: ranges.map((one) => ({ type: type ?? 'ECOSYSTEM', events: one })),
      },
    ],
    ...parts,
  };
  return readOsvRecord(written)!;
}

function match(affected: Affected, version: string, name = 'thing') {
  const ecosystem = (affected.ecosystem ?? 'npm') as Coordinate['ecosystem'];
  return matchRecord(record(affected), { ecosystem, name, version });
}

const SINCE_0 = [{ introduced: '0' }, { fixed: '1.2.3' }];
const TWICE = [
  { introduced: '1.0.0' },
  { fixed: '1.2.0' },
  { introduced: '2.0.0' },
  { fixed: '2.1.0' },
];

describe('matching a version with an OSV record', () => {
  it.each<[string, Affected, string, string | null]>([
    ['before the fix', { events: SINCE_0 }, '1.2.2', '1.2.3'],
    ['at the fix', { events: SINCE_0 }, '1.2.3', null],
    ['after the fix', { events: SINCE_0 }, '10.0.0', null],
    ['a candidate of the fix', { events: SINCE_0 }, '1.2.3-rc.1', '1.2.3'],
    ['before it began', { events: TWICE }, '0.9.9', null],
    ['where it began', { events: TWICE }, '1.0.0', '1.2.0'],
    ['between two ranges', { events: TWICE }, '1.5.0', null],
    ['where it began again', { events: TWICE }, '2.0.0', '2.1.0'],
    ['events out of order', { events: [...TWICE].reverse() }, '2.0.5', '2.1.0'],
    ['several ranges', { ranges: [SINCE_0, [{ introduced: '3.0.0' }]] }, '3.1.0', 'none'],
    [
      'the last affected',
      { events: [{ introduced: '0' }, { last_affected: '1.1.0' }] },
      '1.1.0',
      'none',
    ],
    [
      'after the last affected',
      { events: [{ introduced: '0' }, { last_affected: '1.1.0' }] },
      '1.1.1',
      null,
    ],
    ['no end', { events: [{ introduced: '0' }] }, '99.0.0', 'none'],
    ['listed', { versions: ['1.0.0'] }, '1.0.0', 'none'],
    ['not listed', { versions: ['1.0.0'] }, '1.0.1', null],
    ['listed, but outside of the range', { events: SINCE_0, versions: ['5.0.0'] }, '5.0.0', 'none'],
    ['a range of commits', { events: SINCE_0, type: 'GIT' }, '1.0.0', null],
    [
      'a beginning that is no version',
      { events: [{ introduced: 'main' }, { fixed: '2.0.0' }] },
      '1.0.0',
      '2.0.0',
    ],
    ['loose: v1.0', { events: SINCE_0 }, 'v1.0.0', '1.2.3'],
  ])('decides %s', (...row) => {
    const [, affected, version, expected] = row;
    const found = match(affected, version);
    expect(found === null ? null : (found.fixedIn ?? 'none')).toBe(expected);
  });

  it.each<[string, Events, string, string | null]>([
    ['a post-release after the fix', [{ introduced: '0' }, { fixed: '1.0' }], '1.0.post1', null],
    ['a candidate of the fix', [{ introduced: '0' }, { fixed: '1.0' }], '1.0rc1', '1.0'],
    ['a development release', [{ introduced: '0' }, { fixed: '1.0' }], '1.0.dev3', '1.0'],
    ['the same, written otherwise', [{ introduced: '0' }, { fixed: '1.0' }], '1.0.0', null],
    ['an epoch', [{ introduced: '0' }, { fixed: '1!1.0' }], '2026.1', '1!1.0'],
    ['10 after 9', [{ introduced: '0' }, { fixed: '1.10' }], '1.9', '1.10'],
    ['a local version', [{ introduced: '0' }, { fixed: '1.0' }], '1.0+debian1', null],
  ])('compares Python versions: %s', (...row) => {
    const [, events, version, expected] = row;
    expect(match({ ecosystem: 'PyPI', events }, version)?.fixedIn ?? null).toBe(expected);
  });

  it('compares Python names as their index does', () => {
    const affected = { ecosystem: 'PyPI', name: 'Flask_SQL.Alchemy', events: SINCE_0 };
    expect(match(affected, '1.0.0', 'flask-sql-alchemy')).not.toBeNull();
  });

  it('takes nothing of another ecosystem or another name', () => {
    expect(match({ events: SINCE_0 }, '1.0.0', 'other')).toBeNull();
    const elsewhere = record({ ecosystem: 'Go', events: SINCE_0 });
    expect(
      matchRecord(elsewhere, { ecosystem: 'npm', name: 'thing', version: '1.0.0' }),
    ).toBeNull();
  });

  it('ignores withdrawn records', () => {
    const withdrawn = record({ events: SINCE_0 }, { withdrawn: '2026-01-01T00:00:00Z' });
    expect(
      matchRecord(withdrawn, { ecosystem: 'npm', name: 'thing', version: '1.0.0' }),
    ).toBeNull();
  });

  it('takes the worst of several vectors', () => {
    const bad = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
    const severity = [
      { type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N' },
      { type: 'CVSS_V3', score: bad },
      { type: 'CVSS_V4', score: 'garbage' },
    ];
    const found = matchRecord(record({ events: SINCE_0 }, { severity }), {
      ecosystem: 'npm',
      name: 'thing',
      version: '1.0.0',
    });
    expect(found?.cvssVector).toBe(bad);
  });

  it('agrees with semver about one range, whatever its bounds', () => {
    const version = fc
      .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-alpha', '-rc.1'))
      .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`);
    fc.assert(
      fc.property(version, version, version, (introduced, fixed, asked) => {
        fc.pre(semver.lt(introduced, fixed));
        const events = [{ introduced }, { fixed }];
        const isAffected = semver.gte(asked, introduced) && semver.lt(asked, fixed);
        expect(match({ events }, asked) !== null).toBe(isAffected);
        expect(match({ events: [...events].reverse() }, asked) !== null).toBe(isAffected);
      }),
    );
  });

  it('never loses a match by learning of one more range', () => {
    const bound = fc.tuple(fc.nat(5), fc.nat(5)).map(([major, minor]) => `${major}.${minor}.0`);
    const range = fc
      .tuple(bound, bound)
      .map((pair) => pair.sort(semver.compare))
      .map(([introduced, fixed]) => [{ introduced: introduced }, { fixed: fixed }]);
    fc.assert(
      fc.property(fc.array(range, { maxLength: 4 }), range, bound, (ranges, more, asked) => {
        const before = match({ ranges }, asked);
        const after = match({ ranges: [...ranges, more] }, asked);
        expect(before !== null && after === null).toBe(false);
      }),
    );
  });
});

describe('the base score of a vector', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3],
    ['AV:N/AC:L/Au:N/C:P/I:P/A:P', 7.5],
    ['CVSS:3.1/AV:N', null],
    ['garbage', null],
    ['', null],
    ['CVSS:9.9/AV:N/AC:L', null],
  ])('of %s is %s', (vector, expected) => {
    expect(baseScore(vector)).toBe(expected);
  });
});

import { compareVersions, packageVersion } from '../../inspection/components/package-version';
import type { AdvisoryMatch, Coordinate } from '../../../ports/advisory-source';
import type { OsvAffected, OsvEvent, OsvRecord } from './osv-record';

/** What the record says about the package at this version; null where it does not affect it, or was withdrawn. */
export function matchRecord(record: OsvRecord, coordinate: Coordinate): AdvisoryMatch | null {
  if (record.withdrawn) return null;
  const affected = record.affected.filter(
    (one) => one.ecosystem === coordinate.ecosystem && one.name === coordinate.name,
  );
  const hit = affected.find((one) => affects(one, coordinate.version));
  return hit === undefined ? null : describeMatch(record, coordinate, affected);
}

/** Also for records that the source itself has matched. */
export function describeMatch(
  record: OsvRecord,
  coordinate: Coordinate,
  affected: readonly OsvAffected[],
): AdvisoryMatch {
  const own = affected[0];
  return {
    coordinate,
    id: record.id,
    aliases: record.aliases,
    summary: record.summary,
    cvssVector: record.cvssVector ?? own?.cvssVector ?? null,
    severityWord: record.severityWord ?? own?.severityWord ?? null,
    fixedIn: fixedAfter(affected, coordinate.version),
    isMalicious: record.isMalicious,
  };
}

function affects({ ecosystem, versions, ranges }: OsvAffected, version: string): boolean {
  const isSame = (one: string): boolean =>
    one === version ||
    (packageVersion(ecosystem, one) !== null && compareVersions(ecosystem, one, version) === 0);
  return versions.some(isSame) || ranges.some((events) => isWithin(events, version, ecosystem));
}

/** The evaluation of the OSV specification: the last event at or before the version decides. */
function isWithin(
  events: readonly OsvEvent[],
  version: string,
  ecosystem: Coordinate['ecosystem'],
): boolean {
  let within = false;
  for (const { kind, version: at } of inOrder(events, ecosystem)) {
    const distance = at === '0' ? 1 : compareVersions(ecosystem, version, at);
    if (kind === 'introduced' && distance >= 0) within = true;
    if (kind === 'last_affected' && distance > 0) within = false;
    if ((kind === 'fixed' || kind === 'limit') && distance >= 0) within = false;
  }
  return within;
}

/** `0` stands for before everything. A beginning that is no version counts as that; another such event is left out. */
function inOrder(
  events: readonly OsvEvent[],
  ecosystem: Coordinate['ecosystem'],
): readonly OsvEvent[] {
  return events
    .flatMap((event) => {
      if (event.version === '0' || packageVersion(ecosystem, event.version) !== null)
        return [event];
      return event.kind === 'introduced' ? [{ ...event, version: '0' }] : [];
    })
    .sort((one, other) => {
      if (one.version === '0' || other.version === '0') {
        return Number(other.version === '0') - Number(one.version === '0');
      }
      return compareVersions(ecosystem, one.version, other.version);
    });
}

/** The lowest fix above the version, of all ranges for the package. */
function fixedAfter(affected: readonly OsvAffected[], version: string): string | null {
  const fixes = affected.flatMap(({ ecosystem, ranges }) =>
    ranges.flat().flatMap((event) => {
      const isVersion = event.kind === 'fixed' && packageVersion(ecosystem, event.version) !== null;
      const isLater = isVersion && compareVersions(ecosystem, event.version, version) > 0;
      return isLater ? [{ ecosystem, version: event.version }] : [];
    }),
  );
  fixes.sort((one, other) => compareVersions(one.ecosystem, one.version, other.version));
  return fixes[0]?.version ?? null;
}

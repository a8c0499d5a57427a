import { packageVersion } from '../../inspection/components/package-version';
import type { Coordinate } from '../../../ports/advisory-source';
import { matchRecord } from './match-record';
import type { OsvAffected, OsvRecord } from './osv-record';

export type ProbeEnd = 'hit' | 'miss';

/** Asks for a version that the record itself calls affected. Null where it names none of that ecosystem. */
export function probeRecord(
  record: OsvRecord,
  ecosystem: Coordinate['ecosystem'],
): ProbeEnd | null {
  const affected = record.affected.find((one) => one.ecosystem === ecosystem);
  if (affected === undefined || record.withdrawn) return null;
  const version = affectedVersion(affected);
  if (version === null) return null;
  return matchRecord(record, { ecosystem, name: affected.name, version }) === null ? 'miss' : 'hit';
}

function affectedVersion({ ecosystem, versions, ranges }: OsvAffected): string | null {
  const listed = versions.find((version) => packageVersion(ecosystem, version) !== null);
  const last = ranges
    .flat()
    .find(({ kind, version }) => kind === 'last_affected' && isVersion(ecosystem, version));
  const first = ranges.flat().find(({ kind }) => kind === 'introduced');
  if (listed !== undefined) return listed;
  if (last !== undefined) return last.version;
  if (first === undefined) return null;
  return first.version === '0'
    ? '0.0.0'
    : isVersion(ecosystem, first.version)
      ? first.version
      : null;
}

function isVersion(ecosystem: Coordinate['ecosystem'], version: string): boolean {
  return packageVersion(ecosystem, version) !== null;
}

import { baseScore } from '../../inspection/components/base-score';
import { packageName } from '../../inspection/components/package-name';
import {
  asList,
  asObject,
  asText,
  ownValue,
  type PlainObject,
} from '../../inspection/lockfiles/plain-object';
import type { Coordinate } from '../../../ports/advisory-source';

/** The parts of an OSV record (schema 1.7) that Belay compares. */
export interface OsvRecord {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly modifiedAtMs: number | null;
  readonly withdrawn: boolean;
  readonly isMalicious: boolean;
  /** The worst of the record itself. */
  readonly cvssVector: string | null;
  readonly severityWord: string | null;
  readonly affected: readonly OsvAffected[];
}

export interface OsvAffected {
  readonly ecosystem: Coordinate['ecosystem'];
  readonly name: string;
  /** Listed one by one. */
  readonly versions: readonly string[];
  readonly ranges: readonly (readonly OsvEvent[])[];
  readonly cvssVector: string | null;
  readonly severityWord: string | null;
}

export interface OsvEvent {
  readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit';
  readonly version: string;
}

const LONGEST_ID = 100;
const EVENTS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

/** Null for what is no OSV record: it has an id and a list of what is affected, or was withdrawn. */
export function readOsvRecord(value: unknown): OsvRecord | null {
  const entry = asObject(value);
  const id = entry === null ? null : asText(ownValue(entry, 'id'));
  if (entry === null || id === null || id.length > LONGEST_ID || !/^[\w:.-]+$/.test(id))
    return null;
  const withdrawn = asText(ownValue(entry, 'withdrawn')) !== null;
  if (!Array.isArray(ownValue(entry, 'affected')) && !withdrawn) return null;
  return {
    id,
    aliases: aliasesOf(entry),
    summary: asText(ownValue(entry, 'summary')) ?? '',
    modifiedAtMs: timeOf(ownValue(entry, 'modified')),
    withdrawn,
    isMalicious: id.startsWith('MAL-') || aliasesOf(entry).some((one) => one.startsWith('MAL-')),
    cvssVector: worstVector(ownValue(entry, 'severity')),
    severityWord: wordOf(entry),
    affected: asList(ownValue(entry, 'affected')).flatMap((one) => affectedOf(one) ?? []),
  };
}

function aliasesOf(entry: PlainObject): readonly string[] {
  return asList(ownValue(entry, 'aliases')).flatMap((alias) =>
    typeof alias === 'string' && alias.length <= LONGEST_ID && /^[\w:.-]+$/.test(alias)
      ? [alias]
      : [],
  );
}

function affectedOf(value: unknown): OsvAffected | null {
  const entry = asObject(value) ?? {};
  const of = asObject(ownValue(entry, 'package')) ?? {};
  const ecosystem = ownValue(of, 'ecosystem');
  if (ecosystem !== 'npm' && ecosystem !== 'PyPI') return null;
  const name = packageName(ecosystem, ownValue(of, 'name'));
  if (name === null) return null;
  return {
    ecosystem,
    name,
    versions: asList(ownValue(entry, 'versions')).flatMap((one) => asText(one) ?? []),
    ranges: asList(ownValue(entry, 'ranges')).flatMap((range) => rangeOf(range) ?? []),
    cvssVector: worstVector(ownValue(entry, 'severity')),
    severityWord: wordOf(entry),
  };
}

/** Null for ranges of commits. */
function rangeOf(value: unknown): [readonly OsvEvent[]] | null {
  const range = asObject(value) ?? {};
  const type = ownValue(range, 'type');
  if (type !== 'SEMVER' && type !== 'ECOSYSTEM') return null;
  const events = asList(ownValue(range, 'events')).flatMap((event) =>
    EVENTS.flatMap((kind) => {
      const version = asText(ownValue(asObject(event) ?? {}, kind));
      return version === null ? [] : [{ kind, version }];
    }),
  );
  return [events];
}

function worstVector(severities: unknown): string | null {
  const scored = asList(severities).flatMap((one) => {
    const vector = asText(ownValue(asObject(one) ?? {}, 'score'));
    const score = vector === null ? null : baseScore(vector);
    return vector === null || score === null ? [] : [{ vector, score }];
  });
  return scored.sort((one, other) => other.score - one.score)[0]?.vector ?? null;
}

function wordOf(entry: PlainObject): string | null {
  const own = ownValue(asObject(ownValue(entry, 'database_specific')) ?? {}, 'severity');
  const ofEcosystem = ownValue(asObject(ownValue(entry, 'ecosystem_specific')) ?? {}, 'severity');
  return asText(own) ?? asText(ofEcosystem);
}

function timeOf(value: unknown): number | null {
  const atMs = Date.parse(asText(value) ?? '');
  return Number.isFinite(atMs) ? atMs : null;
}

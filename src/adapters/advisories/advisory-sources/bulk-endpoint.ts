import semver from 'semver';
import type {
  AdvisoryAnswer,
  AdvisoryMatch,
  AdvisorySource,
  Coordinate,
} from '../../../ports/advisory-source';
import { askHttp } from './ask-http';
import { parsedJson } from './parsed-json';
import { readBulkAdvisories, type BulkAdvisory } from './bulk-advisories';
import { fixedVersion } from './fixed-version';
import { sourceName } from './source-name';
import type { SourceLimits } from './source-limits';

const PATH = '-/npm/v1/security/advisories/bulk';
const NAMES_A_REQUEST = 2_000;

/** The endpoint that npm's own audit asks; the registry's client is not used, because it takes silence for safety. */
export function bulkEndpoint(
  registry: string,
  { timeoutMs, maxBytes }: SourceLimits,
): AdvisorySource {
  const address = new URL(PATH, registry.endsWith('/') ? registry : `${registry}/`).href;
  const name = sourceName(address);
  return {
    name,
    async query(components, signal): Promise<AdvisoryAnswer> {
      const asked = components.filter(({ ecosystem }) => ecosystem === 'npm');
      const others = components.some(({ ecosystem }) => ecosystem === 'PyPI');
      const matches: AdvisoryMatch[] = [];
      for (const part of partsOf(asked)) {
        const json = JSON.stringify(Object.fromEntries(part));
        const answer = await askHttp({ address, json, timeoutMs, maxBytes }, signal);
        if (answer.kind === 'refused') return unavailable(name, answer.reason);
        const advisories = readBulkAdvisories(parsedJson(answer.body));
        if (advisories === null) {
          return unavailable(name, `answered no advisories (200, ${answer.contentType})`);
        }
        matches.push(...asked.flatMap((one) => matchesOf(one, advisories)));
      }
      const unknownEcosystems = others ? (['PyPI'] as const) : [];
      return { kind: 'answered', matches, updatedAtMs: Date.now(), unknownEcosystems };
    },
  };
}

function unavailable(name: string, reason: string): AdvisoryAnswer {
  return { kind: 'unavailable', reason: `${name} ${reason}` };
}

/** Names and their versions, so many names a request. */
function partsOf(components: readonly Coordinate[]): (readonly [string, string[]])[][] {
  const versions = new Map<string, string[]>();
  for (const { name, version } of components) {
    versions.set(name, [...(versions.get(name) ?? []), version]);
  }
  const entries = [...versions];
  const count = Math.ceil(entries.length / NAMES_A_REQUEST);
  return Array.from({ length: count }, (_, index) =>
    entries.slice(index * NAMES_A_REQUEST, (index + 1) * NAMES_A_REQUEST),
  );
}

function matchesOf(
  coordinate: Coordinate,
  advisories: ReadonlyMap<string, readonly BulkAdvisory[]>,
): readonly AdvisoryMatch[] {
  return (advisories.get(coordinate.name) ?? [])
    .filter(({ range }) => isIn(coordinate.version, range))
    .map(({ range, ...advisory }) => ({
      coordinate,
      ...advisory,
      aliases: [],
      fixedIn: fixedVersion(range, coordinate.version),
    }));
}

/** A range that cannot be read holds everything: the registry named this package for a reason. */
function isIn(version: string, range: string): boolean {
  if (semver.validRange(range, { loose: true }) === null) return true;
  return semver.satisfies(version, range, { loose: true, includePrerelease: true });
}

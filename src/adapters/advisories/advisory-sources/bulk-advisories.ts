import {
  asList,
  asObject,
  asText,
  ownValue,
  type PlainObject,
} from '../../inspection/lockfiles/plain-object';

export interface BulkAdvisory {
  readonly id: string;
  readonly summary: string;
  /** As npm writes ranges. */
  readonly range: string;
  readonly cvssVector: string | null;
  readonly severityWord: string | null;
  readonly isMalicious: boolean;
}

const LONGEST_RANGE = 2_000;

/** By package. Null where the answer is not of that shape; an empty one is, and says that nothing is known. */
export function readBulkAdvisories(
  answer: unknown,
): ReadonlyMap<string, readonly BulkAdvisory[]> | null {
  const document = asObject(answer);
  if (document === null) return null;
  const byName = new Map<string, readonly BulkAdvisory[]>();
  for (const [name, list] of Object.entries(document)) {
    const advisories = asList(list).map(advisoryOf);
    const whole = advisories.flatMap((advisory) => advisory ?? []);
    if (!Array.isArray(list) || whole.length < advisories.length) return null;
    byName.set(name, whole);
  }
  return byName;
}

function advisoryOf(value: unknown): BulkAdvisory | null {
  const entry = asObject(value) ?? {};
  const id = idOf(entry);
  const range = asText(ownValue(entry, 'vulnerable_versions'));
  if (id === null || range === null || range.length > LONGEST_RANGE) return null;
  const summary = asText(ownValue(entry, 'title')) ?? '';
  return {
    id,
    summary,
    range,
    cvssVector: asText(ownValue(asObject(ownValue(entry, 'cvss')) ?? {}, 'vectorString')),
    severityWord: asText(ownValue(entry, 'severity')),
    isMalicious: /^malware in /i.test(summary),
  };
}

/** GitHub's id stands in the address; npm's own number is nobody else's name for it. */
function idOf(entry: PlainObject): string | null {
  const github = /GHSA(?:-[0-9a-z]{4}){3}/.exec(
    asText(ownValue(entry, 'url'))?.slice(0, 500) ?? '',
  );
  if (github !== null) return github[0];
  const id = ownValue(entry, 'id');
  return typeof id === 'number' ? `npm-advisory-${id}` : null;
}

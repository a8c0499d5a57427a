import { formatCounted } from '../../format/count';
import type { VerificationSubject } from '../verification-subject';
import { artifactLocation } from './location';
import type { SarifInvocation, SarifLevel, SarifNotification, SarifRun } from './log';
import { sarifText } from './text';

const MOST_ARTIFACTS = 1_000;

/** What all runs have in common. */
export const RUN_FRAME: Pick<SarifRun, 'originalUriBaseIds' | 'columnKind'> = {
  originalUriBaseIds: {
    '%SRCROOT%': { description: { text: 'The root of the folder that was verified.' } },
  },
  columnKind: 'utf16CodeUnits',
};

/** Each name with its place in the list. */
export function indexed(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

/** The files that results name, in the order of their first result, and each one's place among them. */
export function artifactsOf(locations: readonly ({ readonly path: string } | null)[]): {
  readonly list: SarifRun['artifacts'];
  readonly indexes: ReadonlyMap<string, number>;
} {
  const paths = locations.flatMap((location) => (location === null ? [] : [location.path]));
  const all = [...new Set(paths)].map((path) => artifactLocation(path, new Map()));
  const distinct = new Map(all.map((location) => [location.uri, location]));
  const listed = [...distinct.values()].slice(0, MOST_ARTIFACTS);
  return {
    list: listed.map((location) => ({ location })),
    indexes: indexed(listed.map(({ uri }) => uri)),
  };
}

/** When the verification ended is known; when a check began is not, only how long it took. */
export function timesOf(
  { verifiedAtMs }: VerificationSubject,
  durationMs: number,
): Pick<SarifInvocation, 'startTimeUtc' | 'endTimeUtc'> {
  const startMs = verifiedAtMs - Math.max(0, durationMs);
  return {
    startTimeUtc: new Date(startMs).toISOString(),
    endTimeUtc: new Date(verifiedAtMs).toISOString(),
  };
}

export function leftOutNotification(count: number): readonly SarifNotification[] {
  if (count <= 0) return [];
  const sentence = `${formatCounted(count, 'further result')} left out; the JSON report has all`;
  return [notification('results-left-out', 'warning', sentence)];
}

export function notification(id: string, level: SarifLevel, text: string): SarifNotification {
  return { descriptor: { id }, level, message: sarifText(text) };
}

import type { VerificationSubject } from '../verification-subject';
import type { SarifInvocation, SarifRun } from './log';

export const SOURCE_ROOT: SarifRun['originalUriBaseIds'] = {
  '%SRCROOT%': { description: { text: 'The root of the folder that was verified.' } },
};

/** Each name with its place in the list. */
export function indexed(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
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

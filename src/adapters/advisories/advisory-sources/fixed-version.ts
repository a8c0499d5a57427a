import semver from 'semver';

/** The first version after this one that npm's range of vulnerable versions leaves out, where its upper bound tells. */
export function fixedVersion(range: string, version: string): string | null {
  const options = { loose: true, includePrerelease: true };
  if (semver.validRange(range, options) === null) return null;
  const bounds = new semver.Range(range, options).set
    .filter((comparators) => comparators.every((one) => one.test(version)))
    .map((comparators) => comparators.find(({ operator }) => operator === '<'));
  const fixed = bounds.flatMap((bound) => (bound === undefined ? [] : [bound.semver]));
  if (fixed.length < bounds.length) return null;
  return fixed.sort(semver.rcompare)[0]?.version ?? null;
}

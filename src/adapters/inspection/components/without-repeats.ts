import { posix } from 'node:path';
import type { Component } from '../../../domain/checks/component';
import type { Lockfile } from '../lockfiles/lockfile';

/** All components; what npm installed is left out where the lockfile beside it says the same. */
export function withoutRepeats(lockfiles: readonly Lockfile[]): readonly Component[] {
  const locked = new Set(
    lockfiles
      .filter(({ kind }) => kind === 'npm')
      .flatMap(({ path, components }) =>
        components.map(({ purl }) => `${posix.dirname(path)} ${purl}`),
      ),
  );
  return lockfiles.flatMap(({ kind, path, components }) => {
    if (kind !== 'npm-installed') return components;
    const folder = posix.dirname(posix.dirname(path));
    return components.filter(({ purl }) => !locked.has(`${folder} ${purl}`));
  });
}

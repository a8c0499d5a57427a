import { posix } from 'node:path';
import type { Component } from '../../../domain/checks/component';
import type { Lockfile } from '../lockfiles/lockfile';

/** All components; what is installed is left out where a lockfile says the same: npm's note only by the one beside it. */
export function withoutRepeats(lockfiles: readonly Lockfile[]): readonly Component[] {
  const locked = new Set(lockfiles.filter(isNpm).flatMap(keysBeside));
  const named = new Set(
    lockfiles
      .filter(({ kind }) => kind !== 'installed')
      .flatMap(({ components }) => components.map(({ purl }) => purl)),
  );
  return lockfiles.flatMap(({ kind, path, components }) => {
    switch (kind) {
      case 'installed':
        return components.filter(({ purl }) => !named.has(purl));
      case 'npm-installed': {
        const folder = posix.dirname(posix.dirname(path));
        return components.filter(({ purl }) => !locked.has(`${folder} ${purl}`));
      }
      case 'npm':
      case 'uv':
      case 'poetry':
      case 'requirements':
        return components;
    }
  });
}

function isNpm({ kind }: Lockfile): boolean {
  return kind === 'npm';
}

function keysBeside({ path, components }: Lockfile): readonly string[] {
  return components.map(({ purl }) => `${posix.dirname(path)} ${purl}`);
}

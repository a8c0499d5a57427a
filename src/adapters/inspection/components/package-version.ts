import pep440 from '@renovatebot/pep440';
import semver from 'semver';
import type { Ecosystem } from '../../../domain/checks/component';

const LONGEST_VERSION = 128;

/** The version as the ecosystem writes it; null for what is no version (an address, a tag). */
export function packageVersion(ecosystem: Ecosystem, version: unknown): string | null {
  if (typeof version !== 'string' || version.length > LONGEST_VERSION) return null;
  switch (ecosystem) {
    case 'npm':
      return semver.valid(version, { loose: true }) === null ? null : version.trim();
    case 'PyPI':
      return pep440.valid(version) === null ? null : version.trim();
  }
}

/** Negative where the first is older. Both must be versions; see {@link packageVersion}. */
export function compareVersions(ecosystem: Ecosystem, one: string, other: string): number {
  switch (ecosystem) {
    case 'npm':
      return semver.compare(one, other, { loose: true });
    case 'PyPI':
      return pep440.compare(one, other);
  }
}

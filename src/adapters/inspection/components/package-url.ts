import type { Ecosystem } from '../../../domain/checks/component';

/** The purl specification's type of each ecosystem. */
const TYPES: Readonly<Record<Ecosystem, string>> = { npm: 'npm', PyPI: 'pypi' };

/** `pkg:npm/%40scope/name@1.0.0`; without qualifiers, so that it names the same package wherever it comes from. */
export function packageUrl(ecosystem: Ecosystem, name: string, version: string): string {
  return `${packageUrlWithoutVersion(ecosystem, name)}@${encodeURIComponent(version)}`;
}

export function packageUrlWithoutVersion(ecosystem: Ecosystem, name: string): string {
  return `pkg:${TYPES[ecosystem]}/${name.split('/').map(encodeURIComponent).join('/')}`;
}

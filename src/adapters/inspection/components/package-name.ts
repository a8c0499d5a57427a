import type { Ecosystem } from '../../../domain/checks/component';

const LONGEST_NAME = 214;
const NPM_NAME = /^(?:@[A-Za-z0-9~][A-Za-z0-9._~-]{0,213}\/)?[A-Za-z0-9_~][A-Za-z0-9._~-]{0,213}$/;
const PYPI_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,212}[A-Za-z0-9])?$/;

/** The name as the registry compares it; null for what no package can be called. */
export function packageName(ecosystem: Ecosystem, name: unknown): string | null {
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return null;
  switch (ecosystem) {
    case 'npm':
      return NPM_NAME.test(name) ? name : null;
    case 'PyPI':
      return PYPI_NAME.test(name) ? name.toLowerCase().replace(/[-_.]{1,214}/g, '-') : null;
  }
}

import type { Finding } from '../../../../domain/checks/finding';
import type { FindingSeverity } from '../../../../domain/checks/severity';
import type { Lockfile, LooseLine } from '../../../inspection/lockfiles/lockfile';
import { fileFinding, type DependencyRule } from './rule';

interface Saying {
  readonly severity: FindingSeverity;
  readonly title: string;
  readonly fix: string;
}

/** What makes an installation from requirements depend on more than the file. A file without a pin is no lockfile. */
export const requirementsRule: DependencyRule = ({ lockfiles }) =>
  lockfiles
    .filter(({ kind, components }) => kind === 'requirements' && components.length > 0)
    .flatMap((lockfile) => [...lineFindings(lockfile), ...hashFindings(lockfile)]);

function lineFindings({ path, loose }: Lockfile): readonly Finding[] {
  return loose.flatMap((one) => {
    const said = sayingOf(one);
    if (said === null) return [];
    const parts = [one.name ?? 'line'];
    return [fileFinding({ path, line: one.line, parts }, { rule: one.why, ...said })];
  });
}

function sayingOf({ why, name }: LooseLine): Saying | null {
  const what = name ?? 'a requirement';
  switch (why) {
    case 'unpinned':
      return {
        severity: 'medium',
        title: `${what} is not pinned to one version`,
        fix: 'Pin every requirement with == and a hash (pip-compile --generate-hashes does).',
      };
    case 'address':
      return {
        severity: 'medium',
        title: `${what} comes from an address or a folder, not from an index`,
        fix: 'Take it from an index, pinned with == and a hash.',
      };
    case 'insecure-address':
      return {
        severity: 'high',
        title: `${what} comes over plain http`,
        fix: 'Use an https address.',
      };
    case 'other-index':
      return {
        severity: 'medium',
        title: 'the file itself says which index packages come from',
        fix: 'Configure the index where pip runs, not in the file; with an extra one, a stranger can publish your names.',
      };
    case 'trusted-host':
      return {
        severity: 'high',
        title: 'the file turns the check of a certificate off',
        fix: 'Remove --trusted-host.',
      };
    case 'unreadable':
      return {
        severity: 'medium',
        title: 'a line is no requirement that can be read',
        fix: 'Write it as name==version with a hash.',
      };
    case 'unhashed':
    case 'weak-hash':
      return null;
  }
}

/** pip checks hashes for all lines or for none. */
function hashFindings({ path, loose, components }: Lockfile): readonly Finding[] {
  const without = loose.filter(({ why }) => why === 'unhashed' || why === 'weak-hash');
  const first = without[0];
  if (first === undefined) return [];
  const title = `${without.length} of ${components.length} pinned requirements have no sha256`;
  const fix = `Write hashes into ${path} (pip-compile --generate-hashes) and install with --require-hashes.`;
  return [
    fileFinding(
      { path, line: first.line },
      { rule: 'requirements-unhashed', severity: 'medium', title, fix },
    ),
  ];
}

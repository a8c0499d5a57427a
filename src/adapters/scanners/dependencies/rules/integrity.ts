import type { Component } from '../../../../domain/checks/component';
import { componentFinding, type DependencyRule } from './rule';

const WEAK: ReadonlySet<string> = new Set(['md5', 'sha1']);

/** An archive must hash to something that nobody can forge. What git and folders hold has no archive. */
export const integrityRule: DependencyRule = ({ components, lockfiles }) => {
  // A line without a hash is a whole file without hashes to pip; see the rule for requirements.
  const requirements = new Set(
    lockfiles.filter(({ kind }) => kind === 'requirements').map(({ path }) => path),
  );
  return components
    .filter((component) => hasArchive(component) && !requirements.has(component.lockfile))
    .flatMap(judge);
};

function hasArchive({ source }: Component): boolean {
  return source.kind === 'registry' || source.kind === 'mismatch';
}

function judge(component: Component): ReturnType<DependencyRule> {
  const { name, version, hashes, lockfile } = component;
  const fix = `Remove the entry of ${name} from ${lockfile} and lock it again, so that it gets a sha512.`;
  if (hashes.length === 0) {
    const title = `${name} ${version} has no integrity hash: any archive would be accepted`;
    return [componentFinding(component, { rule: 'no-integrity', severity: 'medium', title, fix })];
  }
  if (!hashes.every(({ algorithm }) => WEAK.has(algorithm))) return [];
  const title = `${name} ${version} has only a sha1 or md5 hash, which can be forged`;
  return [componentFinding(component, { rule: 'weak-integrity', severity: 'medium', title, fix })];
}

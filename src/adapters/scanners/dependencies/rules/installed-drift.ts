import type { Component } from '../../../../domain/checks/component';
import type { Lockfile } from '../../../inspection/lockfiles/lockfile';
import { folderOf } from './governing-lockfile';
import { componentFinding, type DependencyRule } from './rule';

/** What lies in node_modules against the lockfile beside it: the first is what ships, the second is what was looked at. */
export const installedDriftRule: DependencyRule = ({ lockfiles }) =>
  lockfiles
    .filter(({ kind }) => kind === 'npm-installed')
    .flatMap((installed) => {
      const locked = lockfiles.find((one) => isBeside(one, installed));
      return locked === undefined ? [] : strangers(installed, locked);
    });

function isBeside({ kind, path }: Lockfile, installed: Lockfile): boolean {
  return kind === 'npm' && folderOf(path) === folderOf(folderOf(installed.path));
}

function strangers(installed: Lockfile, locked: Lockfile): ReturnType<DependencyRule> {
  const known = new Set(locked.components.map(({ purl }) => purl));
  return installed.components
    .filter(({ purl }) => !known.has(purl))
    .map((component: Component) =>
      componentFinding(component, {
        rule: 'installed-drift',
        severity: 'high',
        title: `${component.name} ${component.version} is installed, but ${locked.path} does not pin it`,
        fix: `Install with npm ci, so that node_modules is what ${locked.path} says.`,
      }),
    );
}

import type { Component } from '../../../../domain/checks/component';
import type { Finding } from '../../../../domain/checks/finding';
import type { Lockfile } from '../../../inspection/lockfiles/lockfile';
import { folderOf } from './governing-lockfile';
import { componentFinding, type DependencyRule } from './rule';

/** What lies in node_modules against the lockfile beside it: the first is what ships, the second is what was looked at. */
export const installedDriftRule: DependencyRule = ({ lockfiles }) => {
  const pinned = new Map(lockfiles.filter(({ kind }) => kind === 'npm').map(byFolder));
  return lockfiles.filter(isInstalled).flatMap(({ components }) =>
    components.flatMap((component) => {
      const locked = pinned.get(outermostFolder(component.lockfile));
      const isPinned = locked?.purls.has(component.purl) ?? true;
      return isPinned || locked === undefined ? [] : [stranger(component, locked.path)];
    }),
  );
};

function byFolder({ path, components }: Lockfile): [string, Pinned] {
  return [folderOf(path), { path, purls: new Set(components.map(({ purl }) => purl)) }];
}

interface Pinned {
  readonly path: string;
  readonly purls: ReadonlySet<string>;
}

function isInstalled({ kind }: Lockfile): boolean {
  return kind === 'npm-installed' || kind === 'installed';
}

/** The folder that the outermost node_modules lies in. */
function outermostFolder(path: string): string {
  return /^(?:(.*?)\/)?node_modules\//.exec(path)?.[1] ?? '';
}

function stranger(component: Component, lockfile: string): Finding {
  return componentFinding(component, {
    rule: 'installed-drift',
    severity: 'high',
    title: `${component.name} ${component.version} is installed, but ${lockfile} does not pin it`,
    fix: `Install with npm ci, so that node_modules is what ${lockfile} says.`,
  });
}

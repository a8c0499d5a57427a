import type { Component, Ecosystem } from '../../../../domain/checks/component';
import type { Finding } from '../../../../domain/checks/finding';
import { isDefaultRegistryHost } from '../../../inspection/lockfiles/default-registry-hosts';
import { componentFinding, type DependencyRule } from './rule';

/**
 * Where packages come from. Good are: no address at all (then only the configured registry can be meant), the public
 * registry of the ecosystem over https, and hosts that the configuration allows. Never: what most entries of the lockfile
 * use, since whoever writes the lockfile chooses that.
 */
export const sourceRule: DependencyRule = ({ components }, { allowedHosts }) =>
  components.flatMap((component) => {
    const found = judge(component, new Set(allowedHosts.map((host) => host.toLowerCase())));
    return found === null ? [] : [found];
  });

function judge(component: Component, allowed: ReadonlySet<string>): Finding | null {
  const { name, version, source, hashes, lockfile, ecosystem } = component;
  const what = `${name} ${version}`;
  switch (source.kind) {
    case 'bundled':
    case 'installed':
      return null;
    case 'git':
      return gitFinding(component, source.pinned);
    case 'file':
      return componentFinding(component, {
        rule: 'file-source',
        severity: 'low',
        title: `${what} comes from a file or a folder, not from a registry`,
        fix: `Publish ${name} to a registry, and lock it from there (in ${lockfile}).`,
      });
    case 'mismatch':
      return componentFinding(component, {
        rule: 'source-mismatch',
        severity: 'high',
        title: `${what} is locked to the archive of something else`,
        fix: `Remove the entry of ${name} from ${lockfile} and lock it again.`,
      });
    case 'registry':
      if (!source.secure) return insecureFinding(component);
      if (isGoodHost(source.host, ecosystem, allowed)) return null;
      return componentFinding(component, {
        rule: 'foreign-host',
        severity: hashes.length === 0 ? 'high' : 'medium',
        title: `${what} comes from a host that is neither the public registry nor allowed`,
        fix: `Lock ${name} from an allowed registry, or allow the host named at that line of ${lockfile} under security.dependencies.allowedHosts.`,
      });
  }
}

function gitFinding(component: Component, pinned: boolean): Finding {
  const { name, version, lockfile } = component;
  return componentFinding(component, {
    rule: pinned ? 'git-source' : 'unpinned-git-source',
    severity: pinned ? 'medium' : 'high',
    title: pinned
      ? `${name} ${version} comes from git, where no registry vouches for it`
      : `${name} ${version} comes from a branch or a tag of git, which can be moved`,
    fix: `Lock a published version of ${name}${pinned ? '' : ', or one commit of it'} (in ${lockfile}).`,
  });
}

function insecureFinding(component: Component): Finding {
  const { name, version, lockfile } = component;
  return componentFinding(component, {
    rule: 'insecure-source',
    severity: 'high',
    title: `${name} ${version} comes over plain http`,
    fix: `Lock ${name} from an https address (in ${lockfile}).`,
  });
}

function isGoodHost(
  host: string | null,
  ecosystem: Ecosystem,
  allowed: ReadonlySet<string>,
): boolean {
  if (host === null) return true;
  const bare = host.toLowerCase().replace(/:\d{1,5}$/, '');
  return (
    allowed.has(host.toLowerCase()) || allowed.has(bare) || isDefaultRegistryHost(ecosystem, host)
  );
}

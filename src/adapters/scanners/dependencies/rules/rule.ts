import type { Component } from '../../../../domain/checks/component';
import type { Finding, Fix } from '../../../../domain/checks/finding';
import type { DependencyPolicy } from '../../../../domain/checks/policy';
import type { FindingSeverity } from '../../../../domain/checks/severity';
import { packageUrlWithoutVersion } from '../../../inspection/components/package-url';
import { plainFingerprint } from '../../../inspection/fingerprints';
import type { ComponentsRead } from '../../../inspection/components/read-components';

/** Looks at everything that was read, and says what is wrong. Pure. */
export type DependencyRule = (read: RuleInput, policy: DependencyPolicy) => readonly Finding[];

export type RuleInput = Pick<
  ComponentsRead,
  'components' | 'lockfiles' | 'manifests' | 'lockfilePaths'
>;

export interface Said {
  /** `lock-drift`; the rule id is `dependencies/lock-drift`. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly title: string;
  readonly fix: string | null;
}

export function componentFinding(component: Component, said: Said): Finding {
  const { ecosystem, name, version, purl, lockfile, line } = component;
  const bare = packageUrlWithoutVersion(ecosystem, name);
  return {
    ...finding(said, [bare, lockfile]),
    location: { path: lockfile, line, resource: purl },
    component: { name, version, purl },
    fix: fixOf(said, bare),
  };
}

/** `parts` name the problem beside the rule and the path: never a line. */
export function fileFinding({ path, line, parts = [] }: FilePlace, said: Said): Finding {
  return {
    ...finding(said, [...parts, path]),
    location: { path, line, resource: null },
    component: null,
    fix: fixOf(said, path),
  };
}

export interface FilePlace {
  readonly path: string;
  readonly line: number | null;
  readonly parts?: readonly string[];
}

function finding(
  { rule, severity, title }: Said,
  parts: readonly string[],
): Omit<Finding, 'location' | 'component' | 'fix'> {
  const ruleId = `dependencies/${rule}`;
  return {
    scanner: 'dependencies',
    ruleId,
    severity,
    severityFrom: 'rule',
    title,
    fingerprint: plainFingerprint([ruleId, ...parts]),
    state: 'active',
    suppression: null,
    aliases: [],
    cvss: null,
    sources: ['belay'],
  };
}

/** What one command puts right for all of a kind shares a key. */
function fixOf({ rule, fix }: Said, what: string): Fix | null {
  return fix === null ? null : { key: `rule:dependencies/${rule}:${what}`, sentence: fix };
}

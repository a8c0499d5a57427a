import type { Component } from '../../../../domain/checks/component';
import type { Finding } from '../../../../domain/checks/finding';
import type { DependencyPolicy } from '../../../../domain/checks/policy';
import type { Lockfile } from '../../../inspection/lockfiles/lockfile';
import { isLicence } from '../../../inspection/components/licence-terms';
import { judgeLicence } from '../licence-expression';
import { componentFinding, fileFinding, type DependencyRule } from './rule';

/** Licences as the lockfile tells them, held against the configuration's lists. */
export const licenceRule: DependencyRule = ({ components, lockfiles }, policy) => {
  const silent = new Set(
    lockfiles.filter((one) => one.kind !== 'installed' && isSilent(one)).map(({ path }) => path),
  );
  return [
    ...lockfiles.filter(({ path }) => silent.has(path)).flatMap((one) => silence(one, policy)),
    ...components
      .filter(({ lockfile, source }) => !silent.has(lockfile) && source.kind !== 'file')
      .flatMap((component) => judge(component, policy)),
  ];
};

/** Only npm's lockfiles since version 2 tell licences. */
function isSilent({ components }: Lockfile): boolean {
  return components.every(({ licence }) => licence === null);
}

/** Of no interest to those who have no list. */
function silence({ path, components }: Lockfile, policy: DependencyPolicy): readonly Finding[] {
  if (!hasList(policy) || components.length === 0) return [];
  return [
    fileFinding(
      { path, line: null },
      {
        rule: 'licences-not-told',
        severity: 'medium',
        title: `${path} tells no licences, so the configured lists cannot be held against it`,
        fix: `Check the licences of ${path} with a tool of your own, named under security.tools.`,
      },
    ),
  ];
}

function judge(component: Component, policy: DependencyPolicy): readonly Finding[] {
  const { name, version, licence, lockfile } = component;
  if (licence !== null && isListed(licence, policy.allowedLicences)) return [];
  const verdict = licence === null ? 'unknown' : verdictOf(licence, policy);
  switch (verdict) {
    case 'permitted':
      return [];
    case 'refused':
      return [
        componentFinding(component, {
          rule: 'licence-refused',
          severity: 'high',
          title: `${name} ${version} has a licence that the configuration does not permit`,
          fix: `Replace ${name}, or permit its licence under security.dependencies (in ${lockfile}).`,
        }),
      ];
    case 'unknown':
      return [
        componentFinding(component, {
          rule: 'licence-unknown',
          severity: hasList(policy) ? 'medium' : 'low',
          title: `${name} ${version} names no licence that SPDX knows`,
          fix: `Find out under which licence ${name} may be used.`,
        }),
      ];
  }
}

function verdictOf(
  licence: string,
  { allowedLicences, deniedLicences }: DependencyPolicy,
): ReturnType<typeof judgeLicence> {
  if (deniedLicences.includes(licence)) return 'refused';
  return judgeLicence(licence, (one) => {
    if (isListed(one, deniedLicences)) return false;
    return allowedLicences.length === 0 || isListed(one, allowedLicences);
  });
}

function isListed(licence: string, list: readonly string[]): boolean {
  return list.some((listed) => isLicence(licence, listed));
}

function hasList({ allowedLicences, deniedLicences }: DependencyPolicy): boolean {
  return allowedLicences.length + deniedLicences.length > 0;
}

import type { Finding } from '../../../domain/checks/finding';
import type { DependencyPolicy } from '../../../domain/checks/policy';
import { compareSeverity } from '../../../domain/checks/severity';
import { deprecatedRule } from './rules/deprecated';
import { installScriptRule } from './rules/install-scripts';
import { installedDriftRule } from './rules/installed-drift';
import { integrityRule } from './rules/integrity';
import { licenceRule } from './rules/licences';
import { lockDriftRule } from './rules/lock-drift';
import { noLockfileRule } from './rules/no-lockfile';
import { requirementsRule } from './rules/requirements';
import type { DependencyRule, RuleInput } from './rules/rule';
import { sourceRule } from './rules/sources';
import { unnamedRule } from './rules/unnamed';

const RULES: readonly DependencyRule[] = [
  sourceRule,
  integrityRule,
  lockDriftRule,
  installedDriftRule,
  noLockfileRule,
  requirementsRule,
  installScriptRule,
  licenceRule,
  unnamedRule,
  deprecatedRule,
];

/** What all rules say, worst first; one package in several places of one lockfile is one problem. */
export function findAll(read: RuleInput, policy: DependencyPolicy): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of RULES.flatMap((rule) => rule(read, policy))) {
    const known = kept.get(finding.fingerprint);
    const isWorse = known !== undefined && compareSeverity(finding.severity, known.severity) < 0;
    if (known === undefined || isWorse) kept.set(finding.fingerprint, finding);
  }
  return [...kept.values()].sort((one, other) => compareSeverity(one.severity, other.severity));
}

import { componentFinding, type DependencyRule } from './rule';

/** Only where the lockfile itself says so. */
export const deprecatedRule: DependencyRule = ({ components }) =>
  components
    .filter(({ deprecated }) => deprecated)
    .map((component) =>
      componentFinding(component, {
        rule: 'deprecated',
        severity: 'low',
        title: `${component.name} ${component.version} is deprecated by its authors`,
        fix: `Replace ${component.name}, or upgrade to a version that is maintained (in ${component.lockfile}).`,
      }),
    );

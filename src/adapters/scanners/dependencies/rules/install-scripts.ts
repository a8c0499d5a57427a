import { componentFinding, type DependencyRule } from './rule';

/** What runs a script when it is installed runs before anything is looked at. */
export const installScriptRule: DependencyRule = ({ components }, { allowedInstallScripts }) => {
  const allowed = new Set(allowedInstallScripts);
  return components
    .filter(({ hasInstallScript, name }) => hasInstallScript && !allowed.has(name))
    .map((component) =>
      componentFinding(component, {
        rule: 'install-script',
        severity: 'medium',
        title: `${component.name} ${component.version} runs a script when it is installed`,
        fix: `Install with scripts off, or allow ${component.name} under security.dependencies.allowedInstallScripts.`,
      }),
    );
};

import type { CheckPolicy } from '../domain/checks/policy';
import { DEFAULTS } from './defaults';
import { resolvePath } from './resolve-path';
import type { BelayFile } from './schema/belay-file';
import type { BuildBlock } from './schema/build';
import type { SecurityBlock } from './schema/security';
import { readSuppressions } from './suppressions';
import { readTests } from './tests';
import { readTools } from './tools';
import { secondsToMs } from './units';

/** What the file says about the checks, every default filled in; relative paths start from the folder. */
export function readCheckPolicy(file: BelayFile, folder: string): CheckPolicy {
  const { build = {}, testing = {}, security = {} } = file.deploymentPipeline ?? {};
  return {
    ...buildOf(build),
    scanners: switchesOf(security),
    tests: readTests(testing, folder),
    advisories: advisoriesOf(security, folder),
    dependencies: dependenciesOf(security),
    syntaxCommands: syntaxOf(build),
    suppressions: readSuppressions(security.suppressions ?? []),
    severities: security.severities ?? {},
    tools: readTools(security.tools ?? [], folder),
  };
}

function buildOf(block: BuildBlock): Pick<CheckPolicy, 'parallelJobs' | 'cacheEnabled' | 'build'> {
  const { command, timeout, parallelJobs, cacheEnabled } = block;
  return {
    parallelJobs: parallelJobs ?? DEFAULTS.checks.parallelJobs,
    cacheEnabled: cacheEnabled ?? true,
    build: {
      command: command ?? null,
      timeoutMs: secondsToMs(timeout ?? DEFAULTS.checks.build),
    },
  };
}

function switchesOf(security: SecurityBlock): CheckPolicy['scanners'] {
  return {
    vulnerabilities: security.vulnerabilityScanning ?? true,
    secrets: security.secretDetection ?? true,
    compliance: security.complianceChecks ?? true,
    container: security.containerScanning ?? true,
  };
}

function advisoriesOf(security: SecurityBlock, folder: string): CheckPolicy['advisories'] {
  const { advisories, advisoriesMaxAge } = security;
  return {
    source: advisories === undefined ? null : sourceOf(advisories, folder),
    maxAgeMs: secondsToMs(advisoriesMaxAge ?? DEFAULTS.checks.advisoriesMaxAge),
  };
}

function sourceOf(advisories: string, folder: string): string {
  return advisories.includes('://') ? advisories : resolvePath(folder, advisories);
}

function dependenciesOf(security: SecurityBlock): CheckPolicy['dependencies'] {
  const { licences = {}, installScripts = {}, registries = [] } = security;
  return {
    allowedLicences: licences.allow ?? [],
    deniedLicences: licences.deny ?? [],
    allowedInstallScripts: installScripts.allow ?? [],
    allowedHosts: registries,
  };
}

function syntaxOf({ syntax = [] }: BuildBlock): CheckPolicy['syntaxCommands'] {
  return syntax.map(({ files, command, timeout }) => ({
    files,
    command,
    timeoutMs: secondsToMs(timeout ?? DEFAULTS.checks.syntax),
  }));
}

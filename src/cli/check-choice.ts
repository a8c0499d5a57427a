import { dirname, isAbsolute, join, resolve } from 'node:path';
import { access } from 'node:fs/promises';
import type { BelayConfig } from '../config/belay-config';
import { checksOf, defaultChecks, type ConfiguredChecks } from '../config/checks';
import { CONFIG_FILE, loadConfig } from '../config/load-config-file';
import type { CliContext } from './context';

/** What a command line may say about the checks beside the configuration. */
export interface ConfigChoice {
  readonly environment: string | undefined;
  /** A file; `false`: none at all; left out: `belay.yaml` of `-C` or the working directory, else of the folder itself. */
  readonly config: string | false | undefined;
  readonly advisories: string | undefined;
  readonly evidence: readonly string[];
  readonly cache: boolean;
  /** `none`: whatever the configuration says, nothing is built and no test is run. */
  readonly commands?: 'none';
}

export interface ChosenChecks extends ConfiguredChecks {
  /** Where build and test commands run. */
  readonly configFolder: string;
  readonly notes: readonly string[];
}

/** The checks of the configuration that counts, with what the command line says on top. */
export async function checkChoice(
  choice: ConfigChoice,
  { root, context }: { readonly root: string; readonly context: CliContext },
): Promise<ChosenChecks> {
  const { config, note } = await configFor(choice, { root, context });
  const checks = config === null ? defaultChecks() : checksOf(config, choice.environment);
  const { policy } = checks;
  return {
    ...checks,
    policy: {
      ...policy,
      ...(choice.commands === 'none' ? { build: { ...policy.build, command: null } } : {}),
      cacheEnabled: policy.cacheEnabled && choice.cache,
      advisories: {
        ...policy.advisories,
        source: located(choice.advisories, context.cwd) ?? policy.advisories.source,
      },
      tests: {
        ...policy.tests,
        ...(choice.commands === 'none' ? { unit: null, integration: null } : {}),
        evidence: [
          ...policy.tests.evidence,
          ...choice.evidence.map((path) => resolve(context.cwd, path)),
        ],
      },
    },
    configFolder: config?.folder ?? context.directory,
    notes: note === null ? [] : [note],
  };
}

interface FoundConfig {
  readonly config: BelayConfig | null;
  readonly note: string | null;
}

/** The tree must not choose how it is looked at: its own file counts only where there is no other. */
async function configFor(
  { config }: ConfigChoice,
  { root, context }: { readonly root: string; readonly context: CliContext },
): Promise<FoundConfig> {
  if (config === false) return { config: null, note: null };
  if (config !== undefined)
    return { config: await loadConfig(resolve(context.cwd, config)), note: null };
  if (await exists(join(context.directory, CONFIG_FILE))) {
    return { config: await loadConfig(context.directory), note: null };
  }
  const own = join(root, CONFIG_FILE);
  if (!(await exists(own))) return { config: null, note: null };
  const note = `the checks are configured by ${own}, which lies in the folder that is checked, and the commands in it are run; \`--config FILE\` names another, \`--no-config\` none`;
  return { config: await loadConfig(dirname(own)), note };
}

function located(source: string | undefined, cwd: string): string | undefined {
  if (source === undefined || /^https?:\/\//i.test(source) || isAbsolute(source)) return source;
  return resolve(cwd, source);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

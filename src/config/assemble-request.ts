import type { DeploymentRequest, FilesSource, ServiceRef, TargetSpec } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { BelayConfig, EnvironmentConfig } from './belay-config';
import { chooseEnvironment } from './choose-environment';
import { readFacts } from './facts';
import { missingKeys } from './missing-keys';
import { nearestWord } from '../domain/format/nearest-word';
import { resolvePath } from './resolve-path';
import { strategyWord } from './schema/strategy';
import { strategyOf } from './strategy-of';
import { readVerification } from './verify';

/** What a command line may say beside the file. */
export interface DeploymentChoice {
  /** Default: the first that the file declares. */
  readonly environment?: string | undefined;
  readonly strategy?: string | undefined;
  /** A folder; relative to the folder of the file. */
  readonly artifact?: string | undefined;
}

/** What does not come from the configuration: who asks, when, under which id and key. */
export interface RequestIdentity {
  readonly deploymentId: string;
  readonly requestKey: string | null;
  readonly initiator: string;
  readonly reason: string | null;
  readonly requestedAtMs: number;
  readonly commit: string | null;
}

/** Everything of a request that comes from the configuration. */
export type RequestParts = Omit<
  DeploymentRequest,
  Exclude<keyof RequestIdentity, 'commit'> | 'artifact'
> & { readonly artifact: FilesSource };

/**
 * The request for one deployment.
 * @throws BelayError `CONFIG_MISSING` naming every key that is not there, `ENVIRONMENT_UNKNOWN`, `USAGE` for a strategy
 * that does not exist
 */
export function assembleRequest(
  config: BelayConfig,
  choice: DeploymentChoice,
  identity: RequestIdentity,
): DeploymentRequest {
  return identifyRequest(requestFor(config, choice), identity);
}

/** The request without its identity; names service and environment, from which an id can be minted. */
export function requestFor(config: BelayConfig, choice: DeploymentChoice): RequestParts {
  const environment = chooseEnvironment(config, choice.environment);
  const { service, artifact, run, listen, health } = requireKeys(config, environment, choice);
  const asked = choice.strategy;
  const strategy = strategyOf(
    environment,
    asked === undefined ? environment.strategy : strategyNamed(asked),
  );
  const { verify, notes } = readVerification(environment, strategy);
  return {
    schemaVersion: 1,
    service,
    environment: environment.name,
    artifact: { kind: 'files', path: resolvePath(config.folder, artifact), commit: null },
    run: {
      command: run,
      env: environment.env,
      secrets: environment.secrets,
      health,
      stopGraceMs: environment.stopGraceMs,
      startWithinMs: environment.startWithinMs,
      drainMs: environment.drainMs,
    },
    target: { kind: 'local', listen } satisfies TargetSpec,
    instances: environment.instances,
    strategy,
    verify,
    rollbackWindowMs: environment.rollbackWindowMs,
    criteria: [
      ...environment.criteria,
      ...(strategy.kind === 'canary' ? environment.canaryCriteria : []),
    ],
    monitoring: environment.monitoring,
    gates: config.gates,
    checks: config.checks,
    facts: readFacts(config, environment.name),
    configFolder: config.folder,
    approval: environment.approval,
    dependsOn: environment.dependsOn,
    restores: null,
    notes: [...config.notes, ...environment.notes, ...notes],
  };
}

/** The whole request. */
export function identifyRequest(
  parts: RequestParts,
  { commit, ...identity }: RequestIdentity,
): DeploymentRequest {
  return { ...parts, ...identity, artifact: { ...parts.artifact, commit } };
}

/**
 * Service and environment that the file stands for; what `status` and the decisions need.
 * @throws BelayError `CONFIG_MISSING`, `ENVIRONMENT_UNKNOWN`
 */
export function serviceRefOf(config: BelayConfig, environment?: string): ServiceRef {
  const { name } = chooseEnvironment(config, environment);
  if (config.service === null) throw missingKeys(config.file, ['service']);
  return { service: config.service, environment: name };
}

function requireKeys(
  { file, service }: BelayConfig,
  environment: EnvironmentConfig,
  choice: DeploymentChoice,
) {
  const { run, listen, health } = environment;
  const artifact = choice.artifact ?? environment.artifact;
  if (service === null || artifact === null || run === null || listen === null || health === null) {
    const needed = Object.entries({ service, artifact, run, listen, health });
    throw missingKeys(
      file,
      needed.filter(([, value]) => value === null).map(([key]) => key),
    );
  }
  return { service, artifact, run, listen, health };
}

function strategyNamed(asked: string) {
  const parsed = strategyWord.safeParse(asked);
  if (parsed.success) return parsed.data;
  const near = nearestWord(asked, strategyWord.options);
  throw new BelayError(
    'USAGE',
    `There is no strategy "${asked}": it is one of ${strategyWord.options.join(', ')}. Nothing was started.`,
    near === null ? {} : { next: `Did you mean \`--strategy ${near}\`?` },
  );
}

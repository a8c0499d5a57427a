import { parseTarget, type DeploymentRun, type DeploymentTarget } from '../client/index';
import { serviceName } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { CliContext } from './context';
import { loadServiceNames } from './lazy-config';

const RECENT = 50;

/**
 * The deployment that a command means. Left out, it is the one of the service in this folder's `belay.yaml`: the only
 * environment, else the only one with a running deployment, else the newest that has ended.
 * @throws BelayError `USAGE`, `CONFIG_MISSING`, `DEPLOYMENT_NOT_FOUND`
 */
export async function findDeployment(
  given: string | undefined,
  context: CliContext,
): Promise<DeploymentRun> {
  const client = await context.client();
  return client.find(await targetOf(given, context));
}

/** See {@link findDeployment}; does not ask whether there is such a deployment. */
export async function targetOf(
  given: string | undefined,
  context: CliContext,
): Promise<DeploymentTarget> {
  if (given !== undefined) return parseTarget(given);
  const { service, environments } = await loadServiceNames().readServiceNames(context.directory);
  const [only] = environments;
  if (only !== undefined && environments.length === 1) return { service, environment: only };
  return (await runningOrNewest(service, context)).ref;
}

async function runningOrNewest(service: string, context: CliContext): Promise<DeploymentRun> {
  const client = await context.client();
  const runs = await client.list({ service, environment: null, limit: RECENT });
  const running = runs.filter(({ state }) => state === 'running');
  const [found] = running.length > 0 ? running : runs;
  if (found === undefined) {
    throw new BelayError(
      'DEPLOYMENT_NOT_FOUND',
      `${service} has not been deployed yet. Nothing was changed; traffic stays as it is.`,
      { next: 'Start with `belay deploy ENVIRONMENT`.' },
    );
  }
  if (running.length > 1) throw ambiguous(service, running);
  return found;
}

function ambiguous(service: string, runs: readonly DeploymentRun[]): BelayError {
  const names = [...new Set(runs.map(({ ref }) => serviceName(ref)))];
  return new BelayError(
    'USAGE',
    `${service} has several running deployments: ${names.join(', ')}. Nothing was asked or changed.`,
    { next: `Name the one you mean, for example ${names[0] ?? service}.` },
  );
}

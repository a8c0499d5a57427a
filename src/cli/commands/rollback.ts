import type { DeploymentRun } from '../../client/index';
import { refsOfDeploymentId } from '../../client/deployment-id';
import type { ServiceRef } from '../../domain/deployment';
import { serviceName } from '../../domain/deployment';
import { BelayError } from '../../domain/errors';
import type { CliContext, Command } from '../context';
import type { ExitCode } from '../exit-codes';
import { targetOf } from '../find-deployment';
import { loadBringBack } from '../lazy-config';
import { candidatesAnswer } from '../output/candidates';
import { styleOf } from '../output/style';
import { readCandidates } from '../read-candidates';
import { undoRunning } from '../undo-running';

export interface RollbackOptions {
  /** SERVICE/ENVIRONMENT or a deployment's id. */
  readonly deployment: string | undefined;
  /** A revision's digest or its beginning. */
  readonly to: string | undefined;
  /** Only show what could be brought back. */
  readonly list: boolean;
  readonly strategy: string | undefined;
  readonly as: string | undefined;
  readonly reason: string | undefined;
  /** null: two minutes for a deployment that is running, else until the earlier revision is live. */
  readonly waitMs: number | null;
}

/**
 * Undo, at any moment: the running deployment goes back; after its end an earlier revision is brought back from the
 * store by a deployment of its own.
 */
export const rollback: Command<RollbackOptions> = async (options, context) => {
  if (options.list) return list(options, context);
  const found = await find(options.deployment, context);
  if (found.run?.state === 'running') return undoRunning(found.run, options, context);
  await refuseOld(found, options, context);
  return loadBringBack().bringBack({ ...options, ref: found.ref, undone: null }, context);
};

async function list({ deployment }: RollbackOptions, context: CliContext): Promise<ExitCode> {
  const target = await targetOf(deployment, context);
  const ref = 'service' in target ? target : await refOfRecord(target.deployment, context);
  const { terminal } = context;
  terminal.result(candidatesAnswer(await readCandidates(ref, context), styleOf(terminal)));
  return 0;
}

interface Found {
  readonly ref: ServiceRef;
  /** Null: Temporal knows it no more. */
  readonly run: DeploymentRun | null;
}

async function find(given: string | undefined, context: CliContext): Promise<Found> {
  const target = await targetOf(given, context);
  const client = await context.client();
  try {
    const run = await client.find(target);
    return { ref: run.ref, run };
  } catch (error) {
    if (!(error instanceof BelayError) || error.code !== 'DEPLOYMENT_NOT_FOUND') throw error;
    if ('service' in target) return { ref: target, run: null };
    const record = await context.adapters().ledger.find(target.deployment);
    // Without a record it may wait in line, or be a slip of the pen: it has not ended.
    if (record === null) throw error;
    return { ref: { service: record.service, environment: record.environment }, run: null };
  }
}

async function refOfRecord(deploymentId: string, { adapters }: CliContext): Promise<ServiceRef> {
  const record = await adapters().ledger.find(deploymentId);
  if (record !== null) return { service: record.service, environment: record.environment };
  const [ref, another] = refsOfDeploymentId(deploymentId);
  if (ref !== undefined && another === undefined) return ref;
  throw new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `Neither Temporal nor the ledger knows ${deploymentId}. Nothing was started; traffic stays as it is.`,
    { next: 'Name the service: belay rollback SERVICE/ENVIRONMENT' },
  );
}

/** Whoever names an old deployment and no revision means something that has long been replaced. */
async function refuseOld(
  { ref }: Found,
  { deployment, to }: RollbackOptions,
  { adapters }: CliContext,
): Promise<void> {
  if (to !== undefined || deployment === undefined || deployment.includes('/')) return;
  const { stable } = await adapters().records.read(ref);
  if (stable === null || stable.deploymentId === deployment) return;
  const name = serviceName(ref);
  throw new BelayError(
    'DECISION_REFUSED',
    `${deployment} has ended, and ${name} serves what ${stable.deploymentId} brought: there is nothing of it to take back. Traffic stays as it is.`,
    {
      next: `\`belay rollback ${name}\` takes back what serves; \`--to REVISION\` brings a certain one back.`,
    },
  );
}

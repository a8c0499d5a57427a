import { refsOfDeploymentId } from '../client/deployment-id';
import type { DeploymentTarget, StatusView } from '../client/index';
import type { ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { CliContext } from './context';
import { targetOf } from './find-deployment';
import { ledgerView } from './ledger-view';
import { lineStatus } from './line-view';
import { platformView } from './platform-view';

/**
 * The best that can be known: the workflow's own answer, else what Temporal knows, else the ledger, else the line that
 * it waits in, else what the platform does right now. The view says which it is.
 * @throws BelayError what the best source said, where no other knows more
 */
export async function bestStatus(
  given: string | undefined,
  context: CliContext,
): Promise<StatusView> {
  try {
    const client = await context.client();
    return await client.status(await client.find(await targetOf(given, context)));
  } catch (error) {
    if (!(error instanceof BelayError)) throw error;
    const view = await withoutWorkflow({ given, error }, context);
    if (view === null) throw error;
    return view;
  }
}

interface Failed {
  readonly given: string | undefined;
  readonly error: BelayError;
}

async function withoutWorkflow(
  { given, error }: Failed,
  context: CliContext,
): Promise<StatusView | null> {
  switch (error.code) {
    case 'DEPLOYMENT_NOT_FOUND': {
      const target = await targetOf(given, context);
      // Temporal forgets after its retention; the ledger does not.
      return (
        (await ledgerView(target, context.adapters().ledger)) ?? (await lineStatus(target, context))
      );
    }
    case 'TEMPORAL_UNAVAILABLE': {
      const ref = refOf(await targetOf(given, context));
      return ref === null ? null : platformView(ref, error.message, context);
    }
    default:
      return null;
  }
}

function refOf(target: DeploymentTarget): ServiceRef | null {
  if ('service' in target) return target;
  const refs = refsOfDeploymentId(target.deployment);
  return refs.length === 1 ? (refs[0] ?? null) : null;
}

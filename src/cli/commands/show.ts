import { parseTarget } from '../../client/find-run';
import { BelayError } from '../../domain/errors';
import type { LedgerRecord } from '../../domain/ledger-record';
import type { CliContext, Command } from '../context';
import { loadServiceNames } from '../lazy-config';
import { styleOf } from '../output/style';
import { recordAnswer } from '../output/show';

export interface ShowOptions {
  /** A deployment's id, or SERVICE/ENVIRONMENT for the newest; left out, the newest of this folder's service. */
  readonly deployment: string | undefined;
}

/** All that the ledger has of one deployment. */
export const show: Command<ShowOptions> = async ({ deployment }, context) => {
  const record = await recordOf(deployment, context);
  const { terminal } = context;
  terminal.result(recordAnswer(record, styleOf(terminal), Date.now()));
  return 0;
};

async function recordOf(
  given: string | undefined,
  { adapters, directory }: CliContext,
): Promise<LedgerRecord> {
  const { ledger } = adapters();
  if (given === undefined) {
    const { service } = await loadServiceNames().readServiceNames(directory);
    const [newest] = await ledger.list({ service, environment: null, limit: 1 });
    return newest ?? unknown(service);
  }
  const target = parseTarget(given);
  if ('deployment' in target) return (await ledger.find(target.deployment)) ?? unknown(given);
  const [newest] = await ledger.list({ ...target, limit: 1 });
  return newest ?? unknown(given);
}

function unknown(name: string): never {
  throw new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `The ledger has no deployment of the name ${name}. Nothing was changed; traffic stays as it is.`,
    {
      next: '`belay history` lists what it has; `belay history --reconcile` rebuilds what Temporal still knows.',
    },
  );
}

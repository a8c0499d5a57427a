import { parseTarget } from '../../client/find-run';
import { BelayError } from '../../domain/errors';
import type { CliContext, Command } from '../context';
import { loadServiceNames } from '../lazy-config';
import type { ExitCode } from '../exit-codes';
import { historyAnswer } from '../output/history';
import { reconciliationAnswer } from '../output/reconciliation';
import { styleOf } from '../output/style';
import { reconcile, type LedgerScope } from '../reconcile';

export interface HistoryOptions {
  /** SERVICE/ENVIRONMENT; left out, every environment of this folder's service. */
  readonly service: string | undefined;
  /** Epoch ms; null: since ever. */
  readonly sinceMs: number | null;
  /** null: 20, or all of them since that moment. */
  readonly limit: number | null;
  /** Only bring the ledger to what Temporal knows, and say what that changed. */
  readonly reconcile: boolean;
}

const USUAL_LIMIT = 20;
const MOST = 10_000;

/** What was deployed, from the ledger alone; `reconcile` asks Temporal for what the ledger lacks. */
export const history: Command<HistoryOptions> = async (options, context) => {
  const { service, sinceMs, limit } = options;
  const scope = await scopeOf(service, context);
  if (options.reconcile) return reconciled(scope, context);
  const records = await context.adapters().ledger.list({
    ...scope,
    ...(sinceMs === null ? {} : { sinceMs }),
    limit: limit ?? (sinceMs === null ? USUAL_LIMIT : MOST),
  });
  const { terminal } = context;
  terminal.result(historyAnswer({ records, nowMs: Date.now() }, styleOf(terminal)));
  return 0;
};

async function reconciled(scope: LedgerScope, context: CliContext): Promise<ExitCode> {
  const { terminal } = context;
  terminal.result(reconciliationAnswer(await reconcile(scope, context), styleOf(terminal)));
  return 0;
}

async function scopeOf(given: string | undefined, { directory }: CliContext): Promise<LedgerScope> {
  if (given === undefined) {
    const { service } = await loadServiceNames().readServiceNames(directory);
    return { service, environment: null };
  }
  const target = parseTarget(given);
  if ('service' in target) return target;
  throw new BelayError(
    'USAGE',
    `"${given}" is one deployment, and a history is that of SERVICE/ENVIRONMENT. Nothing was asked or changed.`,
    { next: `\`belay show ${given}\` shows all of that deployment.` },
  );
}

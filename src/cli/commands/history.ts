import { parseTarget } from '../../client/find-run';
import { BelayError } from '../../domain/errors';
import type { CliContext, Command } from '../context';
import { loadServiceNames } from '../lazy-config';
import { historyAnswer } from '../output/history';
import { styleOf } from '../output/style';

export interface HistoryOptions {
  /** SERVICE/ENVIRONMENT; left out, every environment of this folder's service. */
  readonly service: string | undefined;
  /** Epoch ms; null: since ever. */
  readonly sinceMs: number | null;
  /** null: 20, or all of them since that moment. */
  readonly limit: number | null;
}

const USUAL_LIMIT = 20;
const MOST = 10_000;

/** What was deployed, from the ledger alone. */
export const history: Command<HistoryOptions> = async (options, context) => {
  const { service, sinceMs, limit } = options;
  const scope = await scopeOf(service, context);
  const records = await context.adapters().ledger.list({
    ...scope,
    ...(sinceMs === null ? {} : { sinceMs }),
    limit: limit ?? (sinceMs === null ? USUAL_LIMIT : MOST),
  });
  const { terminal } = context;
  terminal.result(historyAnswer({ records, nowMs: Date.now() }, styleOf(terminal)));
  return 0;
};

interface Scope {
  readonly service: string;
  /** null: all of them. */
  readonly environment: string | null;
}

async function scopeOf(given: string | undefined, { directory }: CliContext): Promise<Scope> {
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

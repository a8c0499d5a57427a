import { InvalidArgumentError, Option, type Command as Program } from 'commander';
import { load } from '../lazy-commands';
import { sinceOf } from '../since';
import { DEPLOYMENT, positive, type Registrar } from './registrar';

export const registerHistory: Registrar = (program, act) => {
  program
    .command('history')
    .description('what was deployed, one line a deployment; from the ledger, without Temporal')
    .argument('[service]', 'SERVICE/ENVIRONMENT (default: all of this folder’s service)')
    .option('--since <when>', '7d, 12h, 2026-11-01 or an ISO time', since)
    .option('-n, --limit <count>', 'how many (default: 20; all with --since)', positive)
    .addOption(
      new Option('--reconcile', 'rebuild what the ledger lacks from Temporal, and say what')
        .default(false)
        .conflicts(['since', 'limit']),
    )
    .action((service: string | undefined, options: HistoryFlags, source: Program) =>
      act(
        load.history,
        {
          service,
          sinceMs: options.since ?? null,
          limit: options.limit ?? null,
          reconcile: options.reconcile,
        },
        source,
      ),
    );
  program
    .command('show')
    .description('all of one deployment: phases, decisions, verdicts, what was undone and why')
    .argument(...DEPLOYMENT)
    .action((deployment: string | undefined, _options: object, source: Program) =>
      act(load.show, { deployment }, source),
    );
};

interface HistoryFlags {
  readonly since?: number;
  readonly limit?: number;
  readonly reconcile: boolean;
}

function since(text: string): number {
  const moment = sinceOf(text, Date.now());
  if (moment !== null) return moment;
  throw new InvalidArgumentError('It is like 7d, 12h, 2026-11-01 or 2026-11-01T08:00Z.');
}

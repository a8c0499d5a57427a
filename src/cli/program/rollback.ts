import type { Command as Program } from 'commander';
import { load } from '../lazy-commands';
import { DEPLOYMENT, seconds, withPerson, type Person, type Registrar } from './registrar';

/** A decision is followed this long unless somebody says otherwise. */
export const UNDO_WAIT_SECONDS = 120;

export const registerRollback: Registrar = (program, act) => {
  withPerson(program.command('rollback'))
    .description('bring the old revision back now; after the end, an earlier one from the store')
    .argument(...DEPLOYMENT)
    .option('--to <revision>', 'which one: the first digits of its digest (default: the last)')
    .option('--list', 'show what could be brought back, and change nothing', false)
    .option('--strategy <name>', 'after the end: how (default: from belay.yaml, never canary)')
    .option(
      '--wait <seconds>',
      `follow it this long (default: ${UNDO_WAIT_SECONDS}; after the end, until it is live)`,
      seconds,
    )
    .action((deployment: string | undefined, options: RollbackFlags, source: Program) =>
      act(
        load.rollback,
        {
          deployment,
          to: options.to,
          list: options.list,
          strategy: options.strategy,
          as: options.as,
          reason: options.reason,
          waitMs: options.wait ?? null,
        },
        source,
      ),
    );
};

interface RollbackFlags extends Person {
  readonly to?: string;
  readonly list: boolean;
  readonly strategy?: string;
  readonly wait?: number;
}

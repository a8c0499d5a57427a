import type { Command as Program } from 'commander';
import { load } from '../lazy-commands';
import { withPerson, type Person, type Registrar } from './registrar';

export const registerLine: Registrar = (program, act) => {
  const line = program.command('line').description('who waits before the lock, and leaving it');
  line
    .command('list', { isDefault: true })
    .description('show who waits, in order, and what became of the last ones')
    .argument('[service]', 'SERVICE/ENVIRONMENT')
    .action((service: string | undefined, _options: object, source: Program) =>
      act(load.lineList, { service }, source),
    );
  withPerson(line.command('leave'))
    .description('take a deployment out that waits')
    .argument('<deployment>', 'its id')
    .action((deployment: string, { as, reason }: Person, source: Program) =>
      act(load.lineLeave, { deployment, as, reason }, source),
    );
};

import { load } from '../lazy-commands';
import type { Command as Program } from 'commander';
import type { Registrar } from './registrar';

interface JudgeFlags {
  readonly config?: string;
  readonly environment?: string;
}

/** `judge`. */
export const registerJudge: Registrar = (program, act) => {
  program
    .command('judge')
    .argument('<what>', 'a file of recorded windows, a deployment id, or SERVICE/ENVIRONMENT')
    .description('judge recorded windows, or a past deployment again by another belay.yaml')
    .option('--config <file>', 'whose criteria and limits count (default: belay.yaml of -C)')
    .option('-e, --environment <name>', 'whose, in that file (default: the deployment’s own)')
    .action((what: string, { config, environment }: JudgeFlags, source: Program) =>
      act(load.judge, { what, config, environment }, source),
    );
};

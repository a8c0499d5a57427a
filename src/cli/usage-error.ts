import type { CommanderError } from 'commander';
import { BelayError } from '../domain/errors';

/** Commander's own complaint as ours: unknown commands and options, missing arguments; keeps its suggestion. */
export function usageErrorOf(error: CommanderError): BelayError {
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return new BelayError('USAGE', `${message}. Nothing was asked or changed.`.replace('?).', '?)'), {
    next: '`belay --help` lists the commands, `belay COMMAND --help` their options.',
  });
}

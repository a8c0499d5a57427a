import { formatDuration } from '../../../domain/format/duration';
import type { CommandEnd } from '../../inspection/run-command/run-command';

/** Why the command did not succeed, without a word of its output; null: it exited with 0. */
export function commandProblem(end: CommandEnd, timeoutMs: number): string | null {
  switch (end.kind) {
    case 'exited':
      return end.code === 0 ? null : `the command exited with code ${end.code}`;
    case 'signalled':
      return `the command was ended by ${end.signal}`;
    case 'timed-out':
      return `the command took longer than ${formatDuration(timeoutMs)} and was ended`;
    case 'not-found':
      return 'there is no such command';
    case 'not-started':
      return `the command could not be started: ${end.reason}`;
    case 'cancelled':
      return 'the command was ended because nobody waits for it';
  }
}

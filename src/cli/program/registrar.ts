import { InvalidArgumentError, type Command as Program } from 'commander';
import type { Command } from '../context';

/** Adds its commands to the program. */
export type Registrar = (program: Program, act: Act) => void;
/** Wires one command: its options as commander read them → ours. */
export type Act = <O>(command: () => Command<O>, options: O, globals: Program) => Promise<void>;

export const DEPLOYMENT = ['[deployment]', 'SERVICE/ENVIRONMENT (the newest) or an id'] as const;

export interface Person {
  readonly as?: string;
  readonly reason?: string;
}

/** Who asks, and why. */
export function withPerson(command: Program): Program {
  return command
    .option('--as <name>', 'who decides (default: the CI actor or the user of this machine)')
    .option('--reason <text>', 'why');
}

/** Seconds on the command line, ms inside. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('It is a number of seconds, 0 or more.');
  }
  return value * 1_000;
}

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('It is a whole number, 1 or more.');
  }
  return value;
}

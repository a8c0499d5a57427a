import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { ExitCode } from '../exit-codes';
import { INTERRUPTING_SIGNALS } from '../interruption';

/** Runs a process in this terminal until it ends; what stops us is passed on, and its end is awaited. */
export async function runForeground(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const [file, ...args] = command;
  const child = spawn(file, args, { stdio: 'inherit', env });
  // The terminal sends Ctrl-C to both; ours must outlast the child's orderly end.
  INTERRUPTING_SIGNALS.forEach((signal) => process.removeAllListeners(signal));
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): ExitCode {
  if (signal !== null && constants.signals[signal] !== constants.signals.SIGINT) return 1;
  return code === 0 || code === null ? 0 : code === 2 ? 2 : 1;
}

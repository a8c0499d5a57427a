import { join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { root } from '../set-up/tool.mjs';

export const belayMain = join(root, 'dist', 'cli', 'main.js');

const withinMs = 60_000;

/**
 * The ordinary CLI, as a process of its own for every call, with `--output json`.
 *
 * @param {NodeJS.ProcessEnv} env with `BELAY_HOME`
 */
export function belayCli(env) {
  return {
    env,
    /**
     * Runs one command line to its end and gives what it printed.
     *
     * @param {readonly string[]} args
     * @param {{signal?: AbortSignal, timeoutMs?: number}} options
     * @throws {Error} with the CLI's own words where it exits with anything but 0
     */
    async run(args, { signal, timeoutMs = withinMs } = {}) {
      const command = [process.execPath, belayMain, ...args, '--output', 'json'];
      const answer = await runCommand(command, { env, signal, timeoutMs });
      signal?.throwIfAborted();
      if (answer.code === 0) return JSON.parse(answer.stdout);
      throw new Error(`belay ${args.join(' ')}: ${complaint(answer)}`);
    },
  };
}

function complaint({ code, stdout, stderr, stopped, error }) {
  if (stopped === 'timeout') return 'it ran out of time';
  if (error) return error.message;
  return `exit ${code}: ${ownWords(stdout) ?? (stderr.trim() || 'it said nothing')}`;
}

function ownWords(stdout) {
  try {
    const { error, outcome, cause } = JSON.parse(stdout);
    if (error) return [error.message, error.next].filter(Boolean).join(' ');
    return outcome ? `${outcome}: ${cause}` : undefined;
  } catch {
    return undefined;
  }
}

import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, also after `npm install -g .`. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * Runs a command-line tool: its lines go to stderr, because stdout may belong to a JSON document;
 * SIGINT and SIGTERM abort it; an error becomes one message and an exit code.
 *
 * @param {(tool: {log: (line: string) => void, signal: AbortSignal}) => Promise<number>} work answers the exit code
 */
export async function runTool(work) {
  const stop = new AbortController();
  const onSignal = (name) => stop.abort(new Error(`stopped by ${name}`));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    process.exitCode = await work({ log: say, signal: stop.signal });
  } catch (error) {
    say(error.exitCode === undefined && process.env.BELAY_DEBUG ? error.stack : error.message);
    process.exitCode = error.exitCode ?? 1;
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

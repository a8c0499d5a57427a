import { accessSync, constants } from 'node:fs';
import { lastLine, runCommand } from '../run-command.mjs';
import { oldest } from './pinned.mjs';

const answerWithinMs = 10_000;

/**
 * Asks a binary for its version.
 *
 * @returns {Promise<{ok: true, version: string, server: string} | {ok: false, why: string}>}
 */
export async function probe(path, { env, signal }) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return { ok: false, why: `${path} is not an executable file` };
  }
  const answer = await runCommand([path, '--version'], { env, signal, timeoutMs: answerWithinMs });
  signal?.throwIfAborted();
  if (answer.code !== 0) return { ok: false, why: `${path} does not answer: ${lastLine(answer)}` };
  return judgeVersion(path, answer.stdout);
}

function judgeVersion(path, text) {
  const cli = /version (\d+\.\d+\.\d+\S*)/.exec(text)?.[1];
  const server = /Server (\d+\.\d+\.\d+[^\s,)]*)/.exec(text)?.[1];
  if (cli === undefined || server === undefined) {
    return {
      ok: false,
      why: `${path} is not the Temporal CLI (its --version has no server in it)`,
    };
  }
  if (isOlder(cli, oldest.cli) || isOlder(server, oldest.server)) {
    const needed = `CLI ${oldest.cli.join('.')} with server ${oldest.server.join('.')}`;
    return {
      ok: false,
      why: `${path} is ${cli} (server ${server}); Belay needs ${needed} or newer`,
    };
  }
  return { ok: true, version: cli, server };
}

function isOlder(version, [major, minor]) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

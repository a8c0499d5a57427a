import { join } from 'node:path';
import { lastLine, runCommand } from '../run-command.mjs';

const buildWithinMs = 15 * 60_000;

/**
 * Builds the official CLI from source, checked by Go's checksum database.
 *
 * @returns {Promise<{ok: true, path: string} | {ok: false, why: string}>} a path in `folder`
 */
export async function fromGo(folder, { env, signal, log, sources: { goModule } }) {
  const present = await runCommand(['go', 'version'], { env, signal, timeoutMs: 20_000 });
  signal?.throwIfAborted();
  if (present.code !== 0) return { ok: false, why: 'go: not installed' };
  log(`building ${goModule.path} ${goModule.version} with go; this takes about two minutes`);
  const answer = await runCommand(['go', 'install', `${goModule.path}@${goModule.version}`], {
    env: { ...env, GOBIN: folder },
    cwd: folder,
    signal,
    timeoutMs: buildWithinMs,
  });
  signal?.throwIfAborted();
  if (answer.code !== 0) return { ok: false, why: `go: ${lastLine(answer)}` };
  return { ok: true, path: join(folder, 'temporal') };
}

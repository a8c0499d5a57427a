import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.mjs';
import { lastLine, runCommand } from '../run-command.mjs';

/** Checked by Go's checksum database, as every module is. */
const goModule = { path: 'github.com/tsenart/vegeta/v12', version: 'v12.12.0' };
const buildWithinMs = 10 * 60_000;

/**
 * The binary of the load tool vegeta: from Belay's cache, else built from its Go module and cached. Safe to run at once
 * with itself.
 *
 * @param {{log: (line: string) => void, env?: NodeJS.ProcessEnv, signal?: AbortSignal}} options
 * @returns {Promise<{ok: true, path: string, version: string} | {ok: false, why: string}>}
 */
export async function resolveVegeta({ log, env = process.env, signal }) {
  const { version } = goModule;
  const path = join(cacheFolder('vegeta', env), version, 'vegeta');
  if (existsSync(path)) return { ok: true, path, version };
  const work = join(cacheFolder('vegeta', env), `work-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const why = await build(work, { log, env, signal });
    if (why !== null) return { ok: false, why };
    mkdirSync(join(cacheFolder('vegeta', env), version), { recursive: true });
    renameSync(join(work, 'vegeta'), path);
    return { ok: true, path, version };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Null when it is built, else why not. */
async function build(folder, { log, env, signal }) {
  const present = await runCommand(['go', 'version'], { env, signal, timeoutMs: 20_000 });
  signal?.throwIfAborted();
  if (present.code !== 0) return 'vegeta is not here, and Go to build it is not installed';
  const name = `${goModule.path}@${goModule.version}`;
  log(`building ${name} with go; this takes about a minute`);
  const options = { env: { ...env, GOBIN: folder }, cwd: folder, signal };
  const answer = await runCommand(['go', 'install', name], {
    ...options,
    timeoutMs: buildWithinMs,
  });
  signal?.throwIfAborted();
  return answer.code === 0 ? null : `go install ${name}: ${lastLine(answer)}`;
}

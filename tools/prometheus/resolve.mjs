import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../cache-folder.mjs';
import { lastLine, runCommand } from '../run-command.mjs';

const programs = ['prometheus', 'promtool'];
const withinMs = 3 * 60_000;

/**
 * The folder with the programs of Prometheus: null where they are on PATH, else Belay's cache, filled from Debian's package.
 * The package is unpacked there and not installed: nothing starts, and nobody has to be root where the lists of packages are
 * there. Safe to run at once with itself.
 *
 * @param {{log: (line: string) => void, env?: NodeJS.ProcessEnv, signal?: AbortSignal}} options
 * @returns {Promise<{ok: true, folder: string | null} | {ok: false, why: string}>}
 */
export async function resolvePrometheus({ log, env = process.env, signal }) {
  if (programs.every((program) => isOnPath(program, env))) return { ok: true, folder: null };
  const folder = join(cacheFolder('prometheus', env), 'bin');
  if (programs.every((program) => existsSync(join(folder, program)))) return { ok: true, folder };
  const work = join(cacheFolder('prometheus', env), `work-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    log("getting Prometheus from Debian's packages");
    const why = await unpack(work, { env, signal });
    if (why !== null) return { ok: false, why };
    mkdirSync(folder, { recursive: true });
    for (const program of programs)
      renameSync(join(work, 'package/usr/bin', program), join(folder, program));
    return { ok: true, folder };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Null when it is there, else why not. */
async function unpack(work, { env, signal }) {
  const run = async (argv) => {
    const answer = await runCommand(argv, { env, signal, cwd: work, timeoutMs: withinMs });
    signal?.throwIfAborted();
    return answer;
  };
  const download = ['apt-get', '-o', 'APT::Sandbox::User=root', 'download', 'prometheus'];
  let answer = await run(download);
  if (answer.code !== 0 && process.getuid?.() === 0) {
    await run(['apt-get', 'update', '-qq']);
    answer = await run(download);
  }
  if (answer.code !== 0) return `apt-get download prometheus: ${lastLine(answer)}`;
  const file = readdirSync(work).find((name) => name.endsWith('.deb'));
  if (file === undefined) return 'apt-get download prometheus left no package';
  const unpacked = await run(['dpkg-deb', '-x', file, 'package']);
  return unpacked.code === 0 ? null : `dpkg-deb -x ${file}: ${lastLine(unpacked)}`;
}

function isOnPath(program, env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

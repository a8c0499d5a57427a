import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT_MS = 15_000;

/**
 * The registry of the person's own npm configuration; null where npm does not say. Asked in an empty folder, because npm
 * also obeys the `.npmrc` of the folder it runs in, and the scanned tree must not choose who is asked.
 */
export async function npmRegistry(env: Environment, signal: AbortSignal): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-npm-'));
  try {
    const written = await npmConfig(folder, env, signal);
    return written !== null && /^https?:\/\//.test(written) && URL.canParse(written)
      ? written
      : null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function npmConfig(cwd: string, env: Environment, signal: AbortSignal): Promise<string | null> {
  const options = { cwd, env: { ...env }, signal, timeout: TIMEOUT_MS, maxBuffer: 100_000 };
  return new Promise((resolve) => {
    execFile('npm', ['config', 'get', 'registry'], options, (error, stdout) => {
      resolve(error === null ? stdout.trim() : null);
    });
  });
}

import { spawn } from 'node:child_process';

const killAfterMs = 2_000;
const keptCharacters = 64 * 1024;

/**
 * Runs a command without a shell, in its own process group, and waits for its end. Never rejects:
 * a command that cannot be started has `code` null and `error` set; one that ran out of time or was
 * aborted has its whole group killed and `stopped` says which. Keeps the last 64 KiB of output.
 *
 * @param {readonly [string, ...string[]]} command
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number, signal?: AbortSignal, inherit?: boolean}} options
 * @returns {Promise<{code: number | null, stdout: string, stderr: string, stopped?: 'timeout' | 'aborted', error?: Error}>}
 */
export function runCommand([file, ...args], { cwd, env, timeoutMs, signal, inherit = false }) {
  return new Promise((resolve) => {
    const result = { code: null, stdout: '', stderr: '' };
    if (signal?.aborted) return resolve({ ...result, stopped: 'aborted' });
    const child = spawn(file, args, {
      cwd,
      env,
      detached: true,
      // Inherited output goes to stderr, because stdout may belong to a JSON document.
      stdio: inherit ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    });
    const stop = (why) => {
      result.stopped ??= why;
      killGroup(child);
    };
    const onAbort = () => stop('aborted');
    const timer = setTimeout(stop, timeoutMs, 'timeout');
    signal?.addEventListener('abort', onAbort, { once: true });
    collect(child, result);
    child.on('error', (error) => (result.error = error));
    child.on('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve({ ...result, code });
    });
  });
}

/** The last line that says something, for a sentence about why a command failed. */
export function lastLine({ stdout, stderr, stopped, error }) {
  if (stopped === 'timeout') return 'it ran out of time';
  if (error) return error.code === 'ENOENT' ? 'not installed' : error.message;
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  return lines.filter(Boolean).at(-1) ?? 'it said nothing';
}

function collect(child, result) {
  for (const stream of ['stdout', 'stderr']) {
    child[stream]?.setEncoding('utf8');
    child[stream]?.on('data', (text) => {
      result[stream] = (result[stream] + text).slice(-keptCharacters);
    });
  }
}

function killGroup(child) {
  signalGroup(child, 'SIGTERM');
  setTimeout(signalGroup, killAfterMs, child, 'SIGKILL').unref();
}

function signalGroup(child, name) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

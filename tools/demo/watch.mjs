import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { belayMain } from './belay.mjs';

const startAgainAfterMs = 500;
const mostStarts = 20;

/**
 * Follows one deployment with `belay status --watch` until it has ended, however often that command has to be started.
 *
 * @param {{deployment: string, env: NodeJS.ProcessEnv, signal: AbortSignal, onStatus: (status: object) => void}} options
 */
export function watchDeployment({ deployment, env, signal, onStatus }) {
  const waiting = new Set();
  let latest = null;
  let lastWords = '';

  const show = (status) => {
    latest = status;
    onStatus(status);
    for (const look of waiting) look(status);
  };
  void followTillEnd();

  async function followTillEnd() {
    for (let starts = 0; starts < mostStarts && !hasEnded(latest) && !signal.aborted; starts += 1) {
      lastWords = await followOnce({ deployment, env, signal, onStatus: show });
      if (!hasEnded(latest)) await sleep(startAgainAfterMs);
    }
  }

  return {
    deployment,
    latest: () => latest,
    /**
     * The first status that `isThere` says yes to.
     *
     * @throws {Error} when the deployment ends without it, the time is over or the demo stops
     */
    until: (what, isThere, timeoutMs) =>
      new Promise((resolve, reject) => {
        const late = new Error(`waited ${timeoutMs / 1000} s for ${what}. ${lastWords}`.trim());
        const timer = setTimeout(() => settle(reject, late), timeoutMs);
        const onAbort = () => settle(reject, signal.reason);
        const look = (status) => {
          if (isThere(status)) settle(resolve, status);
          else if (hasEnded(status))
            settle(reject, new Error(`it ended before ${what}: ${end(status)}`));
        };
        const settle = (how, value) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          waiting.delete(look);
          how(value);
        };
        waiting.add(look);
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted) onAbort();
        else if (latest !== null) look(latest);
      }),
  };
}

function followOnce({ deployment, env, signal, onStatus }) {
  const args = [belayMain, 'status', deployment, '--watch', '--output', 'json'];
  const child = spawn(process.execPath, args, {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-2000)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const status = read(line);
    if (status !== null) onStatus(status);
  });
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(stderr.trim());
    });
  });
}

/** Null for the line of an error, which is no status. */
function read(line) {
  const value = JSON.parse(line);
  return value.error === undefined ? value : null;
}

function hasEnded(status) {
  return status?.phase === 'ended';
}

function end({ outcome, cause }) {
  return [outcome, cause].filter(Boolean).join(', ');
}

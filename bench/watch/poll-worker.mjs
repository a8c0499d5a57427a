import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('worker.mjs', import.meta.url));
const readyWithinMs = 60_000;
const stopWithinMs = 30_000;

/**
 * The worker of the bakes, as a process of its own.
 *
 * @param {{home: string, environment: string, address: string, namespace: string, pollMs: number, onLost: (error: Error) => void}} options
 * @typedef {Awaited<ReturnType<typeof startPollWorker>>} PollWorker
 */
export async function startPollWorker(options) {
  const { home, environment, address, namespace, pollMs, onLost } = options;
  const args = [home, environment, address, namespace, `${pollMs}`];
  // What it tells people about a hundred deployments is not about this benchmark.
  const words = openSync(`${home}/logs/watch-worker.log`, 'a');
  const child = fork(main, args, { detached: true, stdio: ['ignore', words, words, 'ipc'] });
  closeSync(words);
  const closed = once(child, 'close').catch(() => undefined);
  const polls = [];
  const readings = [];
  let stopping = false;
  let onReady;
  const ready = new Promise((resolve) => (onReady = resolve));
  child.on('message', (message) => {
    if (message.kind === 'ready') onReady();
    else {
      polls.push(...message.polls);
      readings.push({ atMs: message.atMs, cpuUs: message.cpuUs });
    }
  });
  child.on('error', onLost);
  child.on('close', (code, name) => {
    if (!stopping) onLost(new Error(`the worker ended by itself (${name ?? `exit ${code}`})`));
  });
  const worker = {
    pid: child.pid,
    /** All so far, as they ended. */
    polls,
    /** Its processor time so far, second by second. */
    readings,
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await closed;
      clearTimeout(timer);
    },
  };
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the worker did not start in time')), readyWithinMs);
  });
  try {
    await Promise.race([ready, late]);
    return worker;
  } catch (error) {
    await worker.stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

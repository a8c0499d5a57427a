import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const client = fileURLToPath(new URL('../load/run.mjs', import.meta.url));
const daySeconds = 86_400;
/** It awaits what is in flight: at most 10 s, or a download to its end. */
const stopWithinMs = 45_000;

/**
 * Starts tools/load/run.mjs as a process of its own, which records every request in `file`.
 *
 * @param {{origin: string, ratePerSecond: number, file: string, mix?: 'shop' | 'whole', onLost: (error: Error) => void}} options
 *   `onLost` is told when it ends although nobody stopped it
 */
export function startLoadClient({ origin, ratePerSecond, file, mix = 'shop', onLost }) {
  const args = ['--origin', origin, '--rate', `${ratePerSecond}`, '--seconds', `${daySeconds}`];
  const child = spawn(process.execPath, [client, ...args, '--mix', mix, '--out', file], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close').catch(() => undefined);
  let counts = { requests: 0, failed: 0 };
  let stopping = false;
  child.on('error', onLost);
  child.on('close', (code, name) => {
    if (!stopping) onLost(new Error(`the load client ended by itself (${name ?? `exit ${code}`})`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { event, sent, failed } = JSON.parse(line);
    if (event === 'progress') counts = { requests: sent, failed };
  });
  return {
    counts: () => counts,
    /** Sends nothing more; every record is in the file afterwards. Idempotent. */
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await closed;
      clearTimeout(timer);
    },
    /** For whoever does not need the records any more: ends it at once. */
    async abandon() {
      stopping = true;
      child.kill('SIGKILL');
      await closed;
    },
  };
}

import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';

const lookEveryMs = 100;

/**
 * Runs a command, and says how long it took and how much memory it and its children held at the same time, at most.
 *
 * @returns {Promise<{code: number | null, stdout: string, stderr: string, seconds: number, peakMb: number | null}>}
 *   `peakMb` is null where the system does not show it (it is read from /proc)
 */
export async function runMeasured([file, ...args], { env, signal }) {
  const startedMs = performance.now();
  const child = spawn(file, args, {
    env,
    signal,
    killSignal: 'SIGTERM',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr'])
    child[name].on('data', (data) => output[name].push(data));
  let peakBytes = 0;
  let isLooking = false;
  const looking = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    peakBytes = Math.max(peakBytes, await heldBytes(child.pid));
    isLooking = false;
  }, lookEveryMs);
  try {
    const [code] = await once(child, 'close');
    return {
      code,
      stdout: Buffer.concat(output.stdout).toString(),
      stderr: Buffer.concat(output.stderr).toString(),
      seconds: (performance.now() - startedMs) / 1_000,
      peakMb: peakBytes === 0 ? null : peakBytes / 1_000_000,
    };
  } finally {
    clearInterval(looking);
  }
}

/** Resident bytes of a process and all below it; 0 where that cannot be known. */
async function heldBytes(pid) {
  const processes = await allProcesses();
  const family = new Set([pid]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const one of processes) if (family.has(one.parent)) family.add(one.pid);
  }
  return processes.reduce((sum, one) => (family.has(one.pid) ? sum + one.bytes : sum), 0);
}

async function allProcesses() {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')),
  );
  return read.map((status, index) => ({
    pid: Number(pids[index]),
    parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0),
    bytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1_024,
  }));
}

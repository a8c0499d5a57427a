import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUILD = join(__dirname, '../../examples/shop/build.mjs');

/** One line of an instance's log. */
export interface ShopLogLine {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
}

/** A running instance of one of the shop's revisions, on a free port. */
export interface ShopProcess {
  readonly origin: string;
  readonly log: () => readonly ShopLogLine[];
  readonly child: ChildProcess;
  /** SIGTERM; its exit code, null where a signal ended it. */
  readonly stop: () => Promise<number | null>;
}

/** Assembles the four revisions in `out` (default: a new temporary folder) under the given umask. */
export function buildShop(
  umask = 0o022,
  out = mkdtempSync(join(tmpdir(), 'shop-')),
): { readonly out: string; readonly folders: string[] } {
  const previous = process.umask(umask);
  const build = spawnSync(process.execPath, [BUILD, out], { encoding: 'utf8', timeout: 10_000 });
  process.umask(previous);
  if (build.status !== 0) throw new Error(build.stderr);
  return { out, folders: build.stdout.trim().split('\n') };
}

export async function startShop(folder: string): Promise<ShopProcess> {
  const child = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    env: { PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  while (!text.includes('\n')) {
    await once(child.stdout, 'data', { signal: AbortSignal.timeout(10_000) });
  }
  const lines = (): unknown[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  const { port } = lines()[0] as { port: number };
  return {
    origin: `http://127.0.0.1:${port}`,
    log: () => lines().slice(1) as ShopLogLine[],
    child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'close', { signal: AbortSignal.timeout(12_000) });
        child.kill('SIGTERM');
        await exit;
      }
      return child.exitCode;
    },
  };
}

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BelayError } from '../../domain/errors';
import { pause } from '../../client/pause';
import { identify, isRunning, type ProcessIdentity } from '../../client/process-identity';

export interface StartOrder {
  /** For messages: `the worker`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly logFile: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts a process that outlives this one, its output appended to a log. @throws BelayError `ENVIRONMENT_NOT_READY` */
export async function startDetached(order: StartOrder): Promise<ProcessIdentity> {
  mkdirSync(dirname(order.logFile), { recursive: true, mode: 0o700 });
  const log = openSync(order.logFile, 'a', 0o600);
  try {
    const pid = await spawned(order, log);
    const identity = identify(pid);
    if (identity === null) throw notStarted(order, 'it ended at once');
    return identity;
  } finally {
    closeSync(log);
  }
}

export interface Readiness {
  readonly order: StartOrder;
  readonly process: ProcessIdentity;
  readonly withinMs: number;
  /** True once it does its work; asked again and again. */
  readonly isReady: () => Promise<boolean>;
}

const ASK_EVERY_MS = 150;

/** @throws BelayError `ENVIRONMENT_NOT_READY` with the last lines of its log, where it ends or takes too long */
export async function awaitReady({ order, process, withinMs, isReady }: Readiness): Promise<void> {
  const endsAtMs = Date.now() + withinMs;
  while (!(await isReady())) {
    if (!isRunning(process)) throw notStarted(order, 'it ended');
    if (Date.now() > endsAtMs)
      throw notStarted(order, `it was not ready within ${withinMs / 1_000} s`);
    await pause(ASK_EVERY_MS);
  }
}

async function spawned(order: StartOrder, log: number): Promise<number> {
  const [file, ...args] = order.command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: order.env,
    });
    child.once('error', (cause) => {
      reject(notStarted(order, cause.message));
    });
    child.once('spawn', () => {
      child.unref();
      resolve(child.pid ?? 0);
    });
  });
}

function notStarted(order: StartOrder, why: string): BelayError {
  const lines = lastLines(order.logFile);
  return new BelayError(
    'ENVIRONMENT_NOT_READY',
    [`${order.name} did not start: ${why}. What runs already goes on.`, ...lines].join('\n'),
    { next: `Read ${order.logFile}; \`belay doctor\` checks what it needs.` },
  );
}

function lastLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-12)
      .map((line) => `  ${line}`);
  } catch {
    return [];
  }
}

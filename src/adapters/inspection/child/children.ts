import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { threadOptions } from '../thread-options';
import { createWarmPool, WARM_LIMITS, type Warm } from '../warm-pool';

/** What a child process is started with. */
export interface ChildStart {
  /** From `threadFile`; its body is `child(…)`. */
  readonly program: string;
  /** Of the JavaScript heap. */
  readonly memoryMb: number;
}

/** A process that looks at files, for one order after the other. */
export interface LookingChild extends Warm {
  readonly process: ChildProcess;
}

const pool = createWarmPool<LookingChild>({ ...WARM_LIMITS, mostBytes: 300_000_000 });

/** One that rests, or a new one. */
export function takeChild(start: ChildStart): LookingChild {
  return pool.take(keyOf(start), () => startChild(start));
}

/** It has answered for every file of its order without a mishap. `bytes`: what it holds by its own account. */
export function restChild(
  start: ChildStart,
  { child, bytes }: { readonly child: LookingChild; readonly bytes: number },
): Promise<void> {
  return pool.keep(keyOf(start), child, bytes);
}

export function endRestingChildren(): void {
  pool.endAll();
}

function startChild({ program, memoryMb }: ChildStart): LookingChild {
  const process = fork(program, [], {
    execArgv: [...threadOptions.execArgv, '--expose-gc', `--max-old-space-size=${memoryMb}`],
    env: {},
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const child: LookingChild = {
    process,
    uses: 0,
    rest() {
      process.unref();
      process.channel?.unref();
    },
    wake() {
      process.ref();
      process.channel?.ref();
    },
    async end() {
      if (isOver(process)) return;
      const exit = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGKILL');
      await exit;
    },
  };
  process.once('exit', () => pool.forget(child));
  // Whoever gave it an order listens too; an error without a listener would end this process.
  process.on('error', () => pool.forget(child));
  return child;
}

function keyOf({ program, memoryMb }: ChildStart): string {
  return `${memoryMb} ${program}`;
}

function isOver({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}

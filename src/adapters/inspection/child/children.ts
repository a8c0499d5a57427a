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
  /** Orders that it has had, this one included. */
  uses: number;
}

/** After so many orders, or once it holds so much, it has served. */
const MOST_USES = 25;
const MOST_RESTING_BYTES = 300_000_000;

const pool = createWarmPool<LookingChild>(WARM_LIMITS);

/** One that rests, or a new one. */
export function takeChild(start: ChildStart): LookingChild {
  const child = pool.take(keyOf(start)) ?? startChild(start);
  child.uses += 1;
  return child;
}

/** It has answered for every file of its order without a mishap. `bytes`: what it holds by its own account. */
export async function restChild(
  start: ChildStart,
  { child, bytes }: { readonly child: LookingChild; readonly bytes: number },
): Promise<void> {
  if (child.uses >= MOST_USES || bytes > MOST_RESTING_BYTES) await endChild(child);
  else pool.keep(keyOf(start), child);
}

export async function endChild({ process }: LookingChild): Promise<void> {
  if (isOver(process)) return;
  const exit = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await exit;
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
    end: () => void process.kill('SIGKILL'),
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

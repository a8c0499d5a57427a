import { Worker } from 'node:worker_threads';
import { threadOptions } from './thread-options';
import { createWarmPool, WARM_LIMITS, type Warm } from './warm-pool';

/** What a thread is started with. */
export interface ThreadStart {
  /** From `threadFile`; its body is `thread(…)`. */
  readonly file: string;
  /** Of its heap. */
  readonly memoryMb: number;
}

/** A thread that answers one order after the other. */
export interface AnsweringThread extends Warm {
  readonly worker: Worker;
}

const pool = createWarmPool<AnsweringThread>({ ...WARM_LIMITS, mostBytes: 100_000_000 });

/** One that rests, or a new one. */
export function takeThread(start: ThreadStart): AnsweringThread {
  return pool.take(keyOf(start), () => startThread(start));
}

/** It has answered. `bytes`: what it holds. */
export function restThread(
  start: ThreadStart,
  { thread, bytes }: { readonly thread: AnsweringThread; readonly bytes: number },
): Promise<void> {
  return pool.keep(keyOf(start), thread, bytes);
}

export function endRestingThreads(): void {
  pool.endAll();
}

function startThread({ file, memoryMb }: ThreadStart): AnsweringThread {
  const worker = new Worker(file, {
    env: {},
    execArgv: threadOptions.execArgv,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const thread: AnsweringThread = {
    worker,
    uses: 0,
    rest: () => worker.unref(),
    wake: () => worker.ref(),
    async end() {
      await worker.terminate();
    },
  };
  worker.once('exit', () => pool.forget(thread));
  // Whoever gave it an order listens too; an error without a listener would end this process.
  worker.on('error', () => pool.forget(thread));
  return thread;
}

function keyOf({ file, memoryMb }: ThreadStart): string {
  return `${memoryMb} ${file}`;
}

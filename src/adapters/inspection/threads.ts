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
  /** Orders that it has had, this one included. */
  uses: number;
}

/** After so many orders, or once it holds so much, it has served. */
const MOST_USES = 25;
const MOST_RESTING_BYTES = 100_000_000;

const pool = createWarmPool<AnsweringThread>(WARM_LIMITS);

/** One that rests, or a new one. */
export function takeThread(start: ThreadStart): AnsweringThread {
  const thread = pool.take(keyOf(start)) ?? startThread(start);
  thread.uses += 1;
  return thread;
}

/** It has answered. `bytes`: what it holds. */
export async function restThread(
  start: ThreadStart,
  { thread, bytes }: { readonly thread: AnsweringThread; readonly bytes: number },
): Promise<void> {
  if (thread.uses >= MOST_USES || bytes > MOST_RESTING_BYTES) await endThread(thread);
  else pool.keep(keyOf(start), thread);
}

export async function endThread({ worker }: AnsweringThread): Promise<void> {
  await worker.terminate();
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
    end: () => void worker.terminate(),
  };
  worker.once('exit', () => pool.forget(thread));
  // Whoever gave it an order listens too; an error without a listener would end this process.
  worker.on('error', () => pool.forget(thread));
  return thread;
}

function keyOf({ file, memoryMb }: ThreadStart): string {
  return `${memoryMb} ${file}`;
}

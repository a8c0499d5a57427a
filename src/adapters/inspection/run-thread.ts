import { Worker } from 'node:worker_threads';
import { errorCode } from '../error-code';
import { threadOptions } from './thread-options';

/** What a thread is asked to do. Parsers and patterns run in threads: they never yield, and would starve heartbeats. */
export interface ThreadOrder {
  /** From `threadFile`. */
  readonly file: string;
  /** Its `workerData`; plain data. */
  readonly data: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  /** Default 1 024 MB of heap. */
  readonly memoryMb?: number;
}

/** What a thread says: some `progress`, then one `result`. `current`: what it looks at, for the message of a time-out. */
export type ThreadMessage<R> =
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number;
      readonly current: string;
    }
  | { readonly kind: 'result'; readonly result: R };

export type ThreadEnd<R> =
  | { readonly kind: 'result'; readonly result: R }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'timed-out'; readonly reason: string };

const MEMORY_MB = 1_024;

/**
 * Runs the thread until it answers, breaks or takes too long; it is gone when this returns.
 * @throws the signal's reason where nobody wants to know any more
 */
export async function runThread<R>(order: ThreadOrder): Promise<ThreadEnd<R>> {
  order.signal.throwIfAborted();
  const worker = new Worker(order.file, {
    workerData: order.data,
    env: {},
    execArgv: threadOptions.execArgv,
    resourceLimits: { maxOldGenerationSizeMb: order.memoryMb ?? MEMORY_MB },
  });
  try {
    return await ended<R>(worker, order);
  } finally {
    await worker.terminate();
  }
}

function ended<R>(
  worker: Worker,
  { timeoutMs, signal, progress }: ThreadOrder,
): Promise<ThreadEnd<R>> {
  let current = 'nothing yet';
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => resolve({ kind: 'failed', reason });
    const timer = setTimeout(() => {
      const reason = `it took longer than ${timeoutMs} ms and was ended while it looked at ${current}`;
      resolve({ kind: 'timed-out', reason });
    }, timeoutMs);
    const leave = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    worker.on('message', (message: ThreadMessage<R>) => {
      if (message.kind === 'result') return resolve({ kind: 'result', result: message.result });
      current = message.current;
      progress(message.done, message.total);
    });
    // Not the message: what broke may quote what it was reading.
    worker.on('error', (error: Error) => fail(`it broke: ${errorCode(error) ?? error.name}`));
    worker.on('exit', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      fail('it ended without an answer');
    });
  });
}

import type { Worker } from 'node:worker_threads';
import { errorCode } from '../error-code';
import { restThread, takeThread, type ThreadStart } from './threads';

/** What a thread is asked to do. Parsers and patterns run in threads: they never yield, and would starve heartbeats. */
export interface ThreadOrder {
  /** From `threadFile`. */
  readonly file: string;
  /** Plain data. */
  readonly data: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  /** Default 1 024 MB of heap. */
  readonly memoryMb?: number;
}

/**
 * What a thread says of an order: some `progress`, then one `result`. `current`: what it looks at, for the message of a
 * time-out. `bytes`: what it holds now.
 */
export type ThreadMessage<R> =
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number;
      readonly current: string;
    }
  | { readonly kind: 'result'; readonly result: R; readonly bytes: number };

export type ThreadEnd<R> =
  | { readonly kind: 'result'; readonly result: R }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'timed-out'; readonly reason: string };

const MEMORY_MB = 1_024;

/**
 * Has a thread do it until it answers, breaks or takes too long. When this returns, the thread is gone, or it has
 * answered and rests for the next order.
 * @throws the signal's reason where nobody wants to know any more
 */
export async function runThread<R>(order: ThreadOrder): Promise<ThreadEnd<R>> {
  order.signal.throwIfAborted();
  const start: ThreadStart = { file: order.file, memoryMb: order.memoryMb ?? MEMORY_MB };
  const thread = takeThread(start);
  const end = await answer<R>(thread.worker, order).catch(async (error: unknown) => {
    await thread.end();
    throw error;
  });
  if (end.kind !== 'result') {
    await thread.end();
    return end;
  }
  const { bytes, ...result } = end;
  await restThread(start, { thread, bytes });
  return result;
}

type Answer<R> =
  Extract<ThreadMessage<R>, { kind: 'result' }> | Exclude<ThreadEnd<R>, { kind: 'result' }>;

function answer<R>(
  worker: Worker,
  { data, timeoutMs, signal, progress }: ThreadOrder,
): Promise<Answer<R>> {
  let current = 'nothing yet';
  let stop = (): void => undefined;
  return new Promise<Answer<R>>((resolve, reject) => {
    const fail = (reason: string): void => resolve({ kind: 'failed', reason });
    const timer = setTimeout(() => {
      const reason = `it took longer than ${timeoutMs} ms and was ended while it looked at ${current}`;
      resolve({ kind: 'timed-out', reason });
    }, timeoutMs);
    const leave = (): void => reject(signal.reason as Error);
    const said = (message: ThreadMessage<R>): void => {
      if (message.kind === 'result') return resolve(message);
      current = message.current;
      progress(message.done, message.total);
    };
    // Not the message: what broke may quote what it was reading.
    const broke = (error: Error): void => fail(`it broke: ${errorCode(error) ?? error.name}`);
    const ended = (): void => fail('it ended without an answer');
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      worker.off('message', said).off('error', broke).off('exit', ended);
    };
    signal.addEventListener('abort', leave, { once: true });
    worker.on('message', said).on('error', broke).on('exit', ended);
    worker.postMessage(data);
  }).finally(() => stop());
}

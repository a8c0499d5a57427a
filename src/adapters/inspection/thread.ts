import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { ThreadMessage } from './run-thread';

/** Says how far it is, at most five times a second. */
export type SayProgress = (done: number, total: number, current: string) => void;

const PROGRESS_EVERY_MS = 200;

/**
 * The body of a thread: gets an order, says how far it is, and answers; then the next order. An error ends the thread,
 * which counts as failed.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Whoever gives the order gives it an O.
export function thread<O, R>(body: (order: O, progress: SayProgress) => Promise<R> | R): void {
  parentPort?.on('message', (order: O) => {
    Promise.resolve()
      .then(() => body(order, progressSayer()))
      .then(
        (result) => say({ kind: 'result', result, bytes: heldBytes() }),
        (error: unknown) => {
          // Outside of the promise, so that the thread ends with it.
          setImmediate(() => {
            throw error;
          });
        },
      );
  });
}

/** Of this thread alone. */
function heldBytes(): number {
  const { total_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

function progressSayer(): SayProgress {
  let saidAtMs = 0;
  return (done, total, current) => {
    if (Date.now() - saidAtMs < PROGRESS_EVERY_MS) return;
    saidAtMs = Date.now();
    say({ kind: 'progress', done, total, current });
  };
}

function say(message: ThreadMessage<unknown>): void {
  parentPort?.postMessage(message);
}

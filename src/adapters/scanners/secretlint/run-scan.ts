import { Worker } from 'node:worker_threads';
import type { CheckContext } from '../../../ports/artifact-check';
import { errorCode } from '../../error-code';
import type { ScanMessage, ScanOrder, ScanResult } from './scan-messages';

export interface ScanRun extends CheckContext {
  readonly workerPath: string;
  readonly order: ScanOrder;
  readonly timeoutMs: number;
}

export type ScanEnd =
  | { readonly kind: 'result'; readonly result: ScanResult }
  | { readonly kind: 'failed'; readonly reason: string };

const MEMORY_MB = 1_024;

/** Runs the thread until it answers, fails, takes too long or nobody wants to know; it is gone when this returns. */
export async function runScan(run: ScanRun): Promise<ScanEnd> {
  run.signal.throwIfAborted();
  const worker = new Worker(run.workerPath, {
    workerData: run.order,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  try {
    return await ended(worker, run);
  } finally {
    await worker.terminate();
  }
}

function ended(worker: Worker, { order, timeoutMs, signal, progress }: ScanRun): Promise<ScanEnd> {
  let current = 'nothing yet';
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => resolve({ kind: 'failed', reason });
    const timer = setTimeout(
      () => fail(`it took longer than ${timeoutMs} ms and was ended while it looked at ${current}`),
      timeoutMs,
    );
    const leave = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    worker.on('message', (message: ScanMessage) => {
      if (message.kind === 'result') return resolve({ kind: 'result', result: message.result });
      current = message.path;
      progress(message.done, order.files.length);
    });
    worker.on('error', (error: Error) =>
      fail(`the scanner broke: ${errorCode(error) ?? error.name}`),
    );
    worker.on('exit', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      fail('the scanner ended without an answer');
    });
  });
}

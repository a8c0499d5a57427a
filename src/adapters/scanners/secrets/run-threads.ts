import { availableParallelism } from 'node:os';
import type { CheckContext } from '../../../ports/check-subject';
import { runThread, type ThreadEnd } from '../../inspection/run-thread';
import { threadFile } from '../../inspection/thread-options';
import type { ScanOrder, ScanPart } from './scan-order';

export type ThreadsEnd =
  | { readonly kind: 'result'; readonly result: readonly ScanPart[] }
  | Exclude<ThreadEnd<ScanPart>, { kind: 'result' }>;

/** More do not help: reading and garbage collection take what is left. */
const MOST_THREADS = 2;
/** What is looked at while another thread starts. */
const BYTES_A_THREAD = 4_000_000;
/** Windows of a text are small; a thread that needs more has gone astray. */
const MEMORY_MB = 192;

/**
 * Runs as many threads as help on the same list of files. All are gone when this returns; without the answer of one of
 * them there is none.
 */
export async function runThreads(
  order: Omit<ScanOrder, 'next'>,
  context: CheckContext & { readonly timeoutMs: number },
): Promise<ThreadsEnd> {
  const { timeoutMs, signal, progress } = context;
  const given = { ...order, next: new Int32Array(new SharedArrayBuffer(4)) };
  const others = new AbortController();
  const cancel = (): void => others.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', cancel, { once: true });
  progress(0, order.files.length);
  const settled = await Promise.allSettled(
    Array.from({ length: threadCount(order) }, async () => {
      const end = await runThread<ScanPart>({
        file: threadFile(__dirname, 'secrets-thread'),
        data: given,
        timeoutMs,
        signal: others.signal,
        progress,
        memoryMb: MEMORY_MB,
      });
      if (end.kind !== 'result') others.abort(new Error('another thread gave no answer'));
      return end;
    }),
  );
  signal.removeEventListener('abort', cancel);
  signal.throwIfAborted();
  return together(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
}

function threadCount({ files }: Pick<ScanOrder, 'files'>): number {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const helpful = Math.ceil(bytes / BYTES_A_THREAD);
  return Math.max(1, Math.min(MOST_THREADS, availableParallelism(), helpful));
}

function together(ends: readonly ThreadEnd<ScanPart>[]): ThreadsEnd {
  const parts: ScanPart[] = [];
  for (const end of ends) {
    if (end.kind !== 'result') return end;
    parts.push(end.result);
  }
  return { kind: 'result', result: parts };
}

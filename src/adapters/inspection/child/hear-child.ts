import type { ChildProcess } from 'node:child_process';
import type { CheckContext } from '../../../ports/check-subject';
import type { ChildMessage } from './child';

/** `broke`: the file was not looked at to its end. `reason` quotes nothing of it. */
export type FileLook<R> =
  | { readonly kind: 'looked'; readonly result: R }
  | { readonly kind: 'broke'; readonly reason: string };

export interface Hearing<R> {
  readonly paths: readonly string[];
  /** Index of the first path that this child was given. */
  readonly from: number;
  readonly limits: { readonly startMs: number; readonly fileMs: number };
  readonly context: CheckContext;
  readonly take: (path: string, look: FileLook<R>) => void;
}

export type ChildEnd =
  /** It answered for all. `isClean`: nothing broke on the way. `bytes`: what it holds now. */
  | { readonly kind: 'done'; readonly isClean: boolean; readonly bytes: number }
  /** It answered for `seen`, and did not for the next one. */
  | { readonly kind: 'gone'; readonly seen: number; readonly reason: string }
  /** It never began. */
  | { readonly kind: 'absent'; readonly reason: string };

const PROGRESS_EVERY_MS = 200;

/** Hears what a child says of its order. @throws the signal's reason */
export function hearChild<R>(process: ChildProcess, hearing: Hearing<R>): Promise<ChildEnd> {
  const { limits, context } = hearing;
  const hear = createEar(hearing);
  let isReady = false;
  let isOver = false;
  let stop = (): void => undefined;
  return new Promise<ChildEnd>((resolve, reject) => {
    const end = (ended: ChildEnd): void => {
      stop();
      resolve(ended);
    };
    const gone = (reason: string, absent: string): void =>
      end(
        isReady ? { kind: 'gone', seen: hear.seen(), reason } : { kind: 'absent', reason: absent },
      );
    const timer = createDeadline(() =>
      gone(`it took longer than ${limits.fileMs} ms`, 'did not start in time'),
    );
    const leave = (): void => {
      stop();
      reject(context.signal.reason as Error);
    };
    const failed = (): void => end({ kind: 'absent', reason: 'cannot start' });
    const said = (message: ChildMessage<R>): void => {
      // Too late: its file has been given up, or will be looked at again.
      if (isOver) return;
      timer.restart(limits.fileMs);
      isReady = true;
      if (message.kind === 'done') end({ ...message, isClean: hear.isClean() });
      else if (message.kind !== 'ready') hear.look(message);
    };
    // `close` and not `exit`: what it said before it died has been heard by then.
    const closed = (code: number | null, killed: NodeJS.Signals | null): void =>
      gone(deathOf(code, killed), 'ended before it began');
    stop = () => {
      isOver = true;
      timer.stop();
      context.signal.removeEventListener('abort', leave);
      process.off('error', failed).off('message', said).off('close', closed);
    };
    context.signal.addEventListener('abort', leave, { once: true });
    timer.restart(limits.startMs);
    process.on('error', failed).on('message', said).on('close', closed);
  });
}

/** Passes on what was seen, and counts. */
function createEar<R>({ paths, from, context, take }: Hearing<R>) {
  let seen = 0;
  let broken = 0;
  let saidAtMs = 0;
  return {
    seen: () => seen,
    isClean: () => broken === 0,
    look(look: FileLook<R>): void {
      take(paths[from + seen] ?? '', look);
      seen += 1;
      if (look.kind === 'broke') broken += 1;
      if (Date.now() - saidAtMs < PROGRESS_EVERY_MS) return;
      saidAtMs = Date.now();
      context.progress(from + seen, paths.length);
    },
  };
}

/** A deadline that gives what has already arrived a chance to be heard: this process may have been the slow one. */
function createDeadline(passed: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let round = 0;
  const stop = (): void => {
    round += 1;
    clearTimeout(timer);
  };
  return {
    stop,
    restart(afterMs: number): void {
      stop();
      const mine = round;
      timer = setTimeout(() => {
        setImmediate(() => {
          if (mine === round) passed();
        });
      }, afterMs);
    },
  };
}

function deathOf(code: number | null, killed: NodeJS.Signals | null): string {
  // V8 ends so when its heap is full, and a parser in native code when it finds itself in disorder.
  if (killed === 'SIGABRT' || code === 134)
    return 'it filled the memory or broke the parser (SIGABRT)';
  if (killed !== null) return `it broke the parser (${killed})`;
  return 'it ended the parser';
}

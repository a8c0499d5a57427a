import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { CheckContext } from '../../../ports/check-subject';
import { threadOptions } from '../thread-options';
import type { ChildMessage, ChildOrder } from './child';

export interface FilesOrder<R> extends CheckContext {
  /** From `threadFile`; its body is `child(…)`. */
  readonly program: string;
  /** Absolute. */
  readonly root: string;
  /** Plain data for the program. */
  readonly setup: unknown;
  readonly paths: readonly string[];
  readonly limits?: ChildLimits;
  /** Called once for each path, in order. */
  readonly take: (path: string, look: FileLook<R>) => void;
}

/** `broke`: the file was not looked at to its end. `reason` quotes nothing of it. */
export type FileLook<R> =
  | { readonly kind: 'looked'; readonly result: R }
  | { readonly kind: 'broke'; readonly reason: string };

export interface ChildLimits {
  readonly startMs: number;
  readonly fileMs: number;
  /** Of the JavaScript heap. */
  readonly memoryMb: number;
  /** How many files may kill their process before the others are given up. */
  readonly deaths: number;
}

export const CHILD_LIMITS: ChildLimits = {
  startMs: 60_000,
  fileMs: 20_000,
  memoryMb: 1_024,
  deaths: 20,
};

/**
 * Lets a child process look at files. A process, because a parser in native code that runs out of stack takes its whole
 * process along (oxc does, on a file of 20 kB): a file that kills, hangs or fills the child is named, and a new child
 * goes on behind it.
 * @throws where the child cannot start; the signal's reason where nobody wants to know any more
 */
export async function lookIntoFiles<R>(order: FilesOrder<R>): Promise<void> {
  const { paths, signal, limits = CHILD_LIMITS } = order;
  let from = 0;
  for (let deaths = 0; from < paths.length; deaths += 1) {
    signal.throwIfAborted();
    if (deaths > limits.deaths) break;
    const { seen, reason } = await lookFrom(from, order, limits);
    from += seen;
    const culprit = paths[from];
    if (culprit === undefined) break;
    order.take(culprit, { kind: 'broke', reason });
    from += 1;
  }
  for (const path of paths.slice(from)) order.take(path, { kind: 'broke', reason: GIVEN_UP });
  order.progress(paths.length, paths.length);
}

const GIVEN_UP = 'too many files before it broke the parser';
const PROGRESS_EVERY_MS = 200;

interface ChildEnd {
  /** How many files it answered for. */
  readonly seen: number;
  /** Why it did not answer for the next one. */
  readonly reason: string;
}

async function lookFrom<R>(
  from: number,
  order: FilesOrder<R>,
  limits: ChildLimits,
): Promise<ChildEnd> {
  const process = fork(order.program, [], {
    execArgv: [...threadOptions.execArgv, '--expose-gc', `--max-old-space-size=${limits.memoryMb}`],
    env: {},
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    const { root, setup, paths } = order;
    const whole: ChildOrder<unknown> = { root, setup, paths: paths.slice(from) };
    // Its failure is the child's death, which is heard of anyway.
    process.send(whole, () => undefined);
    return await heard(process, { from, order, limits });
  } finally {
    await ended(process);
  }
}

interface Hearing<R> {
  readonly from: number;
  readonly order: FilesOrder<R>;
  readonly limits: ChildLimits;
}

function heard<R>(process: ChildProcess, { from, order, limits }: Hearing<R>): Promise<ChildEnd> {
  const { paths, signal, progress, take } = order;
  let seen = 0;
  let isReady = false;
  let isOver = false;
  let saidAtMs = 0;
  let stop = (): void => undefined;
  return new Promise<ChildEnd>((resolve, reject) => {
    const leave = (): void => {
      stop();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
    const timer = createDeadline(() => {
      stop();
      if (isReady) resolve({ seen, reason: `it took longer than ${limits.fileMs} ms` });
      else reject(new Error('The process that looks at files did not start in time.'));
    });
    stop = () => {
      isOver = true;
      timer.stop();
      signal.removeEventListener('abort', leave);
    };
    timer.restart(limits.startMs);
    process.on('error', () => reject(new Error('The process that looks at files cannot start.')));
    process.on('message', (message: ChildMessage<R>) => {
      // Too late: its file has been given up, or will be looked at again.
      if (isOver) return;
      timer.restart(limits.fileMs);
      isReady = true;
      if (message.kind === 'ready') return;
      take(paths[from + seen] ?? '', message);
      seen += 1;
      if (Date.now() - saidAtMs < PROGRESS_EVERY_MS) return;
      saidAtMs = Date.now();
      progress(from + seen, paths.length);
    });
    // `close` and not `exit`: what it said before it died has been heard by then.
    process.on('close', (code, killed) => {
      if (isReady) resolve({ seen, reason: deathOf(code, killed) });
      else reject(new Error('The process that looks at files ended before it began.'));
    });
  }).finally(() => stop());
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

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return;
  const exit = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await exit;
}

import { Worker } from 'node:worker_threads';
import { errorCode } from '../../error-code';

/** What a child process is told; the next one only when it is done with this. */
export interface ChildOrder<S> {
  /** Absolute. */
  readonly root: string;
  readonly setup: S;
  /** Relative to the root; looked at in this order. */
  readonly paths: readonly string[];
}

/** Of each order: `ready`, then one message for each path, in order, then `done`. */
export type ChildMessage<R> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'looked'; readonly result: R }
  /** It could not be looked at, and the child goes on. `reason` quotes nothing. */
  | { readonly kind: 'broke'; readonly reason: string }
  /** `bytes`: what it holds now. */
  | { readonly kind: 'done'; readonly bytes: number };

/** Looks at one file: its absolute path, and its path below the root. */
export type LookAt<R> = (file: string, path: string) => Promise<R> | R;

/** Given the setup of its order, makes the look. */
type Prepare<S> = (setup: S) => Promise<LookAt<unknown>> | LookAt<unknown>;

/** The body of a child process that looks at files, one after the other, for one order after the other, until it is killed. */
export function child<S>(prepare: Prepare<S>): void {
  endWithParent();
  process.on('message', (order: ChildOrder<S>) => void lookAtAll(order, prepare));
}

const WATCHDOG = `
  const { workerData: parent } = require('node:worker_threads');
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);
`;

/** Also while a parser never comes back: a thread watches whether the parent is still the same. */
function endWithParent(): void {
  process.once('disconnect', () => process.exit());
  // Asked now: the thread may begin only after the parent has died.
  const workerData = process.ppid;
  new Worker(WATCHDOG, { eval: true, execArgv: [], env: {}, workerData }).unref();
}

async function lookAtAll<S>(
  { root, setup, paths }: ChildOrder<S>,
  prepare: Prepare<S>,
): Promise<void> {
  const lookAt = await prepare(setup);
  await say({ kind: 'ready' });
  const sweep = createSweeper();
  for (const path of paths) {
    await say(await look(() => lookAt(`${root}/${path}`, path)));
    sweep();
  }
  await say({ kind: 'done', bytes: process.memoryUsage.rss() });
}

const SWEEP_EVERY_BYTES = 100_000_000;

/** Collects garbage as the process grows: what parsers in native code hold is nothing to V8, so it would wait for ever. */
function createSweeper(): () => void {
  let clean = process.memoryUsage.rss();
  return () => {
    if (process.memoryUsage.rss() < clean + SWEEP_EVERY_BYTES) return;
    globalThis.gc?.();
    clean = process.memoryUsage.rss();
  };
}

async function look<R>(act: () => Promise<R> | R): Promise<ChildMessage<R>> {
  try {
    return { kind: 'looked', result: await act() };
  } catch (error) {
    return { kind: 'broke', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply or is too large for the parser';
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ELOOP') return 'it changed after it was listed';
  return `it could not be read (${code ?? (error instanceof Error ? error.name : 'no reason given')})`;
}

/** Waits until the parent has it, so that the parent knows which file a killed child was looking at. */
function say(message: ChildMessage<unknown>): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}

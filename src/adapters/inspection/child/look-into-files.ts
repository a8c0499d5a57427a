import type { CheckContext } from '../../../ports/check-subject';
import type { ChildOrder } from './child';
import { restChild, takeChild, type ChildStart, type LookingChild } from './children';
import { hearChild, type ChildEnd, type FileLook } from './hear-child';

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

interface Reached {
  /** How many files were answered for. */
  readonly seen: number;
  /** Why the next one was not; no use where all were. */
  readonly reason: string;
}

async function lookFrom<R>(
  from: number,
  order: FilesOrder<R>,
  limits: ChildLimits,
): Promise<Reached> {
  const start: ChildStart = { program: order.program, memoryMb: limits.memoryMb };
  const child = takeChild(start);
  const end = await ask(child, { from, order, limits }).catch(async (error: unknown) => {
    await child.end();
    throw error;
  });
  if (end.kind === 'done') {
    await (end.isClean ? restChild(start, { child, bytes: end.bytes }) : child.end());
    return { seen: order.paths.length - from, reason: '' };
  }
  await child.end();
  if (end.kind === 'gone') return end;
  // One that rested may have died of anything meanwhile.
  if (child.uses > 1) return lookFrom(from, order, limits);
  throw new Error(`The process that looks at files ${end.reason}.`);
}

async function ask<R>(
  child: LookingChild,
  { from, order, limits }: { from: number; order: FilesOrder<R>; limits: ChildLimits },
): Promise<ChildEnd> {
  const { root, setup, paths, take, ...context } = order;
  const whole: ChildOrder<unknown> = { root, setup, paths: paths.slice(from) };
  // Its failure is the child's death, which is heard of anyway.
  child.process.send(whole, () => undefined);
  return await hearChild(child.process, { paths, from, limits, context, take });
}

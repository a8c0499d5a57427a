import { spawn, type ChildProcess } from 'node:child_process';
import { errorCode } from '../../error-code';

export interface ChildOrder {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly output: (chunk: Buffer) => void;
}

export type Exit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-started'; readonly reason: string };

export interface Child {
  /** Also the id of its process group; null where it did not start. */
  readonly pid: number | null;
  /** Of the program itself, whoever still holds its pipes. */
  readonly exit: Promise<Exit>;
  /** When its output has been read; what cannot be read to its end is left soon. */
  drained(): Promise<void>;
}

const DRAIN_MS = 2_000;

/** Starts a program as the leader of a process group, with nothing on stdin. */
export function startChild({ command, cwd, env, output }: ChildOrder): Child {
  const [program = '', ...words] = command;
  try {
    const child = spawn(program, words, {
      cwd,
      env,
      shell: false,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', output);
    child.stderr.on('data', output);
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    return { pid: child.pid ?? null, exit: exitOf(child), drained: () => drained(child, closed) };
  } catch (error) {
    // Node throws for some causes (too many words for the system) and emits for others.
    return {
      pid: null,
      exit: Promise.resolve(notStarted(error)),
      drained: () => Promise.resolve(),
    };
  }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(
        code === null
          ? { kind: 'signalled', signal: signal ?? 'unknown' }
          : { kind: 'exited', code },
      ),
    );
    child.on('error', (error) => resolve(notStarted(error)));
  });
}

function notStarted(error: unknown): Exit {
  const code = errorCode(error) ?? 'unknown';
  if (code === 'ENOENT') return { kind: 'not-found' };
  return { kind: 'not-started', reason: `the system did not start it (${code})` };
}

async function drained(child: ChildProcess, closed: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_MS);
  });
  await Promise.race([closed, enough]);
  clearTimeout(timer);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

import { isAbsolute } from 'node:path';
import { isFolder } from './is-folder';
import { commandEnvironment } from './command-environment';
import { endSurvivors } from './end-survivors';
import { followDescendants } from './follow-descendants';
import { watchGroup } from './process-group';
import { redactSecrets, type Redact } from './redact-secrets';
import { startChild, type Exit } from './start-child';
import { stopAt } from './stop-at';
import { createTail } from './tail';

/** A command of the user's own. It never meets a shell. */
export interface CommandOrder {
  /** Argv. The first is a path, or a name found on PATH. */
  readonly command: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Beside the few variables that every command gets; nothing else of this process's environment is passed. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Beside the known shapes of secrets and the values in {@link env}. */
  readonly redact?: Redact;
}

interface Ended {
  readonly durationMs: number;
  /** The last of stdout and stderr, redacted, at most 16 KiB. For a terminal only: it belongs into no report and no history. */
  readonly tail: string;
  /** How many processes outlived the command, or the order to stop, and were killed. */
  readonly survivors: number;
}

/** How it ended. Nothing of what it started runs any more. */
export type CommandEnd = Ended & CommandOutcome;

export type CommandOutcome =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' }
  /** No such program. */
  | { readonly kind: 'not-found' }
  /** `reason`: a sentence that quotes nothing. */
  | { readonly kind: 'not-started'; readonly reason: string };

/**
 * Runs a command to its end: without a shell, with a scrubbed environment, a home of its own and no stdin. It is over
 * when the program has exited, whoever still holds its pipes; what it left behind is killed, also (on Linux) what moved
 * into another process group. All of its output is read, the last of it kept. Never throws for what the command does.
 */
export async function runCommand(order: CommandOrder): Promise<CommandEnd> {
  const refusal = await refusalOf(order);
  if (refusal !== null) return { kind: 'not-started', reason: refusal, ...NOTHING };
  if (order.signal.aborted) return { kind: 'cancelled', ...NOTHING };
  const environment = await commandEnvironment(order.env);
  const startedAtMs = performance.now();
  const tail = createTail();
  try {
    const { outcome, survivors } = await run(order, environment, tail.push);
    const durationMs = Math.round(performance.now() - startedAtMs);
    const redact = redactSecrets(Object.values(order.env), order.redact);
    return { ...outcome, durationMs, survivors, tail: tail.text(redact) };
  } finally {
    await environment.remove();
  }
}

const NOTHING: Ended = { durationMs: 0, tail: '', survivors: 0 };

async function refusalOf({ command, cwd }: CommandOrder): Promise<string | null> {
  if ((command[0] ?? '') === '') return 'the command is empty';
  if (command.some((word) => word.includes('\0'))) return 'the command holds a zero byte';
  if (!isAbsolute(cwd)) return 'the folder that it should run in is no absolute path';
  return (await isFolder(cwd)) ? null : 'the folder that it should run in is not there';
}

interface RunningIn {
  readonly variables: Readonly<Record<string, string>>;
  readonly runId: string;
}

async function run(
  { command, cwd, timeoutMs, signal }: CommandOrder,
  { variables, runId }: RunningIn,
  output: (chunk: Buffer) => void,
): Promise<{ readonly outcome: CommandOutcome; readonly survivors: number }> {
  const child = startChild({ command, cwd, env: variables, output });
  if (child.pid === null) return { outcome: await child.exit, survivors: 0 };
  const unwatch = watchGroup(child.pid);
  const descendants = followDescendants(child.pid);
  try {
    const outcome = await outcomeOf(child.exit, stopAt(child.pid, { timeoutMs, signal }));
    const survivors = await endSurvivors({ group: child.pid, runId, descendants });
    await child.drained();
    return { outcome, survivors };
  } finally {
    descendants.stop();
    unwatch();
  }
}

type Stop = ReturnType<typeof stopAt>;

async function outcomeOf(exit: Promise<Exit>, stop: Stop): Promise<CommandOutcome> {
  const first = await Promise.race([exit, stop.asked]);
  if (first.kind === 'timed-out' || first.kind === 'cancelled') await stop.stopped;
  stop.letGo();
  return first;
}

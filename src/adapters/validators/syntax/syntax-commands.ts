import picomatch from 'picomatch';
import type { Inventory } from '../../../domain/checks/inventory';
import type { SyntaxCommand } from '../../../domain/checks/policy';
import { formatCounted } from '../../../domain/format/count';
import type { CheckContext } from '../../../ports/check-subject';
import type { CommandEnd, CommandOrder } from '../../inspection/run-command/run-command';
import type { Problems } from '../../inspection/validation/problems';
import { isThirdParty } from '../../inspection/validation/third-party';
import { batchesOf } from './batches-of';

export interface CommandsOrder extends CheckContext {
  readonly root: string;
  readonly files: Inventory['files'];
  readonly commands: readonly SyntaxCommand[];
  readonly problems: Problems;
  readonly run: (order: CommandOrder) => Promise<CommandEnd>;
}

export interface CommandCoverage {
  /** What the commands were meant for. */
  readonly asked: ReadonlySet<string>;
  /** What they answered for. */
  readonly answered: ReadonlySet<string>;
}

/** How often one command may be run again to find which of many files it refuses. */
const MOST_RUNS = 64;

/** Lets the commands of the configuration check files of languages that we do not parse; what packages ship is left alone. */
export async function runSyntaxCommands(order: CommandsOrder): Promise<CommandCoverage> {
  const asked = new Set<string>();
  const answered = new Set<string>();
  for (const command of order.commands) {
    const isMeant = picomatch(command.files, { dot: true });
    const paths = order.files
      .map(({ path }) => path)
      .filter((path) => !isThirdParty(path) && isMeant(path));
    for (const path of paths) asked.add(path);
    if (paths.length === 0) order.problems.skip(command.files, 'no file of this name');
    else await runOne(command, paths, { order, answered });
  }
  return { asked, answered };
}

interface Running {
  readonly order: CommandsOrder;
  readonly answered: Set<string>;
}

async function runOne(
  command: SyntaxCommand,
  paths: readonly string[],
  running: Running,
): Promise<void> {
  const takesFiles = command.command.includes('{files}');
  const waiting = takesFiles ? batchesOf(paths) : [paths];
  for (let runs = 0; waiting.length > 0; runs += 1) {
    const batch = waiting.shift() ?? [];
    const end = await runAlive(command, batch, running.order);
    const isRefused = end.kind === 'exited' && end.code !== 0;
    const isDivisible = takesFiles && batch.length > 1 && runs < MOST_RUNS;
    if (isRefused && isDivisible) waiting.unshift(...halvesOf(batch));
    else settle(batch, end, running);
  }
}

function settle(batch: readonly string[], end: CommandEnd, { order, answered }: Running): void {
  if (end.kind !== 'exited') return tellUnanswered(batch, end, order.problems);
  for (const path of batch) answered.add(path);
  if (end.code !== 0) tellRefused(batch, order.problems);
}

function halvesOf(batch: readonly string[]): readonly (readonly string[])[] {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

const ALIVE_EVERY_MS = 1_000;

async function runAlive(
  { command, timeoutMs }: SyntaxCommand,
  batch: readonly string[],
  { root, signal, progress, run }: CommandsOrder,
): Promise<CommandEnd> {
  signal.throwIfAborted();
  const beat = setInterval(() => progress(0, batch.length), ALIVE_EVERY_MS);
  try {
    const end = await run({ command: argv(command, batch), cwd: root, env: {}, timeoutMs, signal });
    signal.throwIfAborted();
    return end;
  } finally {
    clearInterval(beat);
  }
}

/** `./` keeps a file named like an option from being one. */
function argv(command: readonly string[], batch: readonly string[]): readonly string[] {
  return command.flatMap((word) =>
    word === '{files}' ? batch.map((path) => `./${path}`) : [word],
  );
}

function tellRefused(batch: readonly string[], problems: Problems): void {
  const [path = '.'] = batch;
  const isOne = batch.length === 1;
  problems.add({
    rule: 'syntax/command',
    severity: 'high',
    title: isOne
      ? 'is refused by the syntax command of the configuration'
      : `one of ${formatCounted(batch.length, 'file')} is refused by the syntax command of the configuration`,
    location: isOne ? { path, line: null } : null,
  });
}

function tellUnanswered(batch: readonly string[], end: CommandEnd, problems: Problems): void {
  const reason = reasonOf(end);
  for (const path of batch) problems.skip(path, reason);
  const title = `the syntax command of the configuration gave no answer: ${reason}`;
  problems.add({ rule: 'syntax/command-failed', severity: 'high', title, location: null });
}

function reasonOf(end: CommandEnd): string {
  switch (end.kind) {
    case 'not-found':
      return 'there is no such program';
    case 'not-started':
      return end.reason;
    case 'timed-out':
      return 'it took too long';
    case 'signalled':
      return `it was ended by ${end.signal}`;
    case 'cancelled':
      return 'it was cancelled';
    case 'exited':
      return `it ended with ${end.code}`;
  }
}

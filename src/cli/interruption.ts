/** What a command does that is told to stop. */
export interface Interruption {
  /** What it says on stderr where it cannot say anything of its own. */
  readonly words: string;
  /** How long it may take to end by itself. */
  readonly graceMs: number;
}

/** Given a command line without `node` and the script's name. */
export function interruptionOf(argv: readonly string[]): Interruption {
  return CHECKING.has(commandOf(argv) ?? '') ? OF_CHECKS : OF_OTHERS;
}

/** What somebody wants who closes the terminal, or a CI system that cancels a job, is what Ctrl-C wants. */
export const INTERRUPTING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** They run the user's commands themselves, on this host. */
const CHECKING: ReadonlySet<string> = new Set(['verify', 'report', 'evidence']);

const OF_CHECKS: Interruption = {
  words: 'Interrupted; nothing was decided, and what was started for the checks has been ended.',
  // A command gets 2 s between TERM and KILL; then its folders are removed.
  graceMs: 5_000,
};

const OF_OTHERS: Interruption = {
  words: 'Interrupted. What was started goes on; `belay status` shows it.',
  graceMs: 1_000,
};

const WITH_VALUE: ReadonlySet<string> = new Set(['-C', '--directory', '--home', '--output']);

function commandOf(argv: readonly string[]): string | undefined {
  return argv.find(
    (word, index) => !word.startsWith('-') && !WITH_VALUE.has(argv[index - 1] ?? ''),
  );
}

/** Whether a command ended with this because it was told to stop. */
export function isInterruption(thrown: unknown, interrupted: AbortSignal): boolean {
  if (!interrupted.aborted) return false;
  return thrown === interrupted.reason || (thrown instanceof Error && thrown.name === 'AbortError');
}

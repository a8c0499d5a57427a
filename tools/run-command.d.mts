/** What became of a command; `code` is null when it did not start or was killed. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly stopped?: 'timeout' | 'aborted';
  readonly error?: Error;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Lets the command write to our stderr instead of keeping its output. */
  readonly inherit?: boolean;
}

/** Runs a command without a shell in its own process group, and waits for its end. Never rejects. */
export function runCommand(
  command: readonly [string, ...string[]],
  options: CommandOptions,
): Promise<CommandResult>;

/** The last line that says something, for a sentence about why a command failed. */
export function lastLine(result: CommandResult): string;

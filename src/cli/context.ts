import type { DeploymentClient } from '../client/index';
import type { Adapters } from '../workers/adapters';
import type { ExitCode } from './exit-codes';
import type { KeySource } from './keys/keyboard';
import type { Terminal } from './output/terminal';

/** What a command works with; made once by main, and by tests with fakes. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  /** Where the command was called; absolute. */
  readonly cwd: string;
  /** Belay's own. */
  readonly version: string;
  /** Absolute; `-C`, else the working directory. */
  readonly directory: string;
  /** Absolute; see docs/cli.md. */
  readonly home: string;
  /** Null: nobody can press any. */
  readonly keys: KeySource | null;
  /** Ctrl-C, TERM or HUP. */
  readonly interrupted: AbortSignal;
  /** The same connected client at every call; main closes it. @throws BelayError `TEMPORAL_UNAVAILABLE` */
  readonly client: () => Promise<DeploymentClient>;
  /** What this host knows without Temporal: ledger, holds, target, what is stored. */
  readonly adapters: () => Pick<
    Adapters,
    'ledger' | 'records' | 'target' | 'artifacts' | 'evidence'
  >;
}

/** One command: does it, writes what it has to say, answers the exit code. */
export type Command<Options> = (options: Options, context: CliContext) => Promise<ExitCode>;

import { isAbsolute, resolve } from 'node:path';
import { CommanderError } from 'commander';
import type { DeploymentClient } from '../client/index';
import { belayHome } from '../config/belay-home';
import type { CliContext } from './context';
import { exitCodeOfError, type ExitCode } from './exit-codes';
import { interruptionOf, isInterruption } from './interruption';
import type { KeySource } from './keys/keyboard';
import { openHome } from './open-home';
import { errorReport } from './output/error-report';
import { openTerminal, type OutputFormat, type Stream, type Terminal } from './output/terminal';
import { buildProgram, type GlobalOptions, type Runner } from './program';
import { usageErrorOf } from './usage-error';

/** The world outside of the CLI. */
export interface Surroundings {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly homedir: string;
  readonly version: string;
  readonly interrupted: AbortSignal;
  readonly keys?: KeySource;
  readonly openClient: (home: string, signal: AbortSignal) => Promise<DeploymentClient>;
  readonly openAdapters?: CliContext['adapters'];
}

/** Runs one command line, without `node` and the script's name; answers the exit code and never throws. */
export async function runCli(
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  const format = formatOf(argv);
  const terminal = openTerminal({ ...surroundings, format });
  let exitCode: ExitCode = 0;
  let complaint = '';
  const program = buildProgram({
    version: surroundings.version,
    run: runner(surroundings),
    onExitCode: (code) => {
      exitCode = code;
    },
  });
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap((c) => c.commands),
  ]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      // Kept back: our own report says it, in the asked-for format.
      writeErr: (text) => {
        complaint = text;
      },
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (isInterruption(error, surroundings.interrupted)) {
      terminal.note(interruptionOf(argv).words);
      return 130;
    }
    return failed(error, { terminal, help: complaint, surroundings });
  }
}

interface Failure {
  readonly terminal: Terminal;
  /** What commander wanted to say. */
  readonly help: string;
  readonly surroundings: Surroundings;
}

function failed(thrown: unknown, { terminal, help, surroundings }: Failure): ExitCode {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return 0;
    if (thrown.code === 'commander.help' && terminal.format === 'text') {
      surroundings.stderr.write(help);
      return 2;
    }
  }
  const error = thrown instanceof CommanderError ? usageErrorOf(thrown) : thrown;
  const report = errorReport(error);
  if (terminal.format === 'json') terminal.result(report);
  else report.text.forEach(terminal.note);
  if (surroundings.env['BELAY_DEBUG'] === '1' && error instanceof Error) {
    terminal.note(error.stack ?? error.message);
  }
  return exitCodeOfError(error);
}

function runner(surroundings: Surroundings): Runner {
  return async (command, options, globals) => {
    const opened: { client: Promise<DeploymentClient> | null } = { client: null };
    const context = contextOf(surroundings, globals, opened);
    try {
      return await command()(options, context);
    } finally {
      await (await opened.client?.catch(() => null))?.close();
    }
  };
}

function contextOf(
  surroundings: Surroundings,
  globals: GlobalOptions,
  opened: { client: Promise<DeploymentClient> | null },
): CliContext {
  const { env, cwd, version, homedir, interrupted, openClient, openAdapters, keys } = surroundings;
  const directory = resolve(cwd, globals.directory ?? '.');
  const home = absolute(globals.home ?? belayHome({ env, homedir }), cwd);
  return {
    terminal: openTerminal({ ...surroundings, format: terminalFormat(globals.output) }),
    env,
    cwd,
    version,
    directory,
    home,
    keys: keys ?? null,
    interrupted,
    client: () => (opened.client ??= openClient(home, interrupted)),
    adapters: openAdapters ?? (() => openHome({ home })),
  };
}

function absolute(path: string, cwd: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path);
}

/** Read before commander does, so that even its complaints come in the asked-for format. */
function formatOf(argv: readonly string[]): OutputFormat {
  const at = argv.indexOf('--output');
  const inline = argv.find((one) => one.startsWith('--output='))?.slice('--output='.length);
  return terminalFormat(inline ?? (at >= 0 ? argv[at + 1] : undefined) ?? 'text');
}

/** Beside a document for machines, stdout holds nothing else; so it is for the page. */
function terminalFormat(wanted: string): OutputFormat {
  return wanted === 'text' ? 'text' : 'json';
}

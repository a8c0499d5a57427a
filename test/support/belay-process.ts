import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithMe } from './end-with-me';

const MAIN = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const ENDS_WITHIN_MS = 120_000;
const LINES = new RegExp('\\u001b\\[[0-9;?]*[A-Za-z]|\\r', 'g');

/** The built CLI as a process of its own, followed while it runs. */
export interface BelayProcess {
  /** All that it has written so far, stdout and stderr. */
  output(): string;
  /** What a program reads. */
  stdout(): string;
  /** Waits until it has written this; fails with what it wrote instead. */
  wrote(pattern: RegExp): Promise<void>;
  type(keys: string): void;
  /** SIGKILL, as a CI system that takes its machine away. */
  kill(): Promise<void>;
  /** Waits for its end. */
  exitCode(): Promise<number | null>;
}

export interface BelayRun {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** On a terminal: a shell command that looks at it after the CLI has ended; the exit code stays the CLI's. */
  readonly after?: string;
}

export function startBelay({ args, cwd, env }: BelayRun): BelayProcess {
  return followed(spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: 'pipe' }));
}

/** The same on a terminal of its own, 80 columns wide. */
export function startBelayOnTerminal({ args, cwd, env, after }: BelayRun): BelayProcess {
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  const size = 'stty cols 80 rows 60';
  const line =
    after === undefined
      ? `${size}; exec ${command}`
      : // The shell stays in between, and the signals of the terminal are not its own.
        `${size}; trap : INT; ${command}; code=$?; ${after}; exit $code`;
  const script =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', '/bin/sh', '-c', line]
      : ['-qec', line, '/dev/null'];
  const terminal = { ...env, TERM: 'xterm', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  return followed(spawn('script', script, { cwd, env: terminal, stdio: 'pipe' }));
}

/** What a terminal would show of it, every line ever drawn. */
export function drawnLines(output: string): readonly string[] {
  return output.replace(LINES, '').split('\n');
}

function followed(child: ChildProcess): BelayProcess {
  endWithMe(child);
  let output = '';
  let stdout = '';
  child.stdout?.on('data', (data: Buffer | string) => (stdout += String(data)));
  const closed = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return {
    output: () => output,
    stdout: () => stdout,
    wrote: async (pattern) => {
      const endsAtMs = Date.now() + ENDS_WITHIN_MS;
      while (!pattern.test(output)) {
        if (child.exitCode !== null || Date.now() > endsAtMs) {
          throw new Error(`never wrote ${String(pattern)}:\n${output}`);
        }
        await sleep(50);
      }
    },
    type: (keys) => void child.stdin?.write(keys),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    exitCode: async () => {
      const late = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
      await closed;
      clearTimeout(late);
      return child.exitCode;
    },
  };
}

#!/usr/bin/env node
/* eslint-disable @typescript-eslint/no-require-imports -- Loaded when a command needs it: see lazy-commands.ts. */
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as Client from '../client/index';
import type { DeploymentClient } from '../client/index';
import { temporalAddress } from '../client/temporal-address';
import { INTERRUPTING_SIGNALS, interruptionOf } from './interruption';
import { terminalKeys } from './keys/terminal-keys';
import { runCli } from './run-cli';

/** One Ctrl-C may come twice: from the terminal, and from the npm or the shell around. */
const SAME_WISH_MS = 300;
const SHOW_CURSOR = '\u001b[?25h';

async function main(): Promise<void> {
  (nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
  const argv = process.argv.slice(2);
  const interrupted = interruption(argv);
  // Nobody may be left to complain to: a terminal that is closed says so by a signal, and takes no more words.
  process.stderr.on('error', () => undefined);
  // Whoever reads our output may be gone before us: `belay status | head -1`.
  process.stdout.on('error', () => process.exit());
  process.exitCode = await runCli(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    homedir: homedir(),
    version: ownVersion(),
    interrupted,
    keys: terminalKeys(() => process.stdin),
    openClient,
  });
}

async function openClient(home: string, signal: AbortSignal): Promise<DeploymentClient> {
  const { address } = temporalAddress(home, process.env);
  const namespace = process.env['TEMPORAL_NAMESPACE'];
  const { openDeploymentClient } = require('../client/index') as typeof Client;
  return openDeploymentClient({
    address,
    signal,
    ...(namespace === undefined ? {} : { namespace }),
  });
}

/** The first Ctrl-C only stops looking; a command that does not end by itself soon is left, and so at the second. */
function interruption(argv: readonly string[]): AbortSignal {
  const controller = new AbortController();
  const { words, graceMs } = interruptionOf(argv);
  const leave = (): void => {
    if (process.stdout.isTTY) process.stdout.write(SHOW_CURSOR);
    process.exit(130);
  };
  let firstAtMs = 0;
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      if (performance.now() - firstAtMs > SAME_WISH_MS) leave();
      return;
    }
    firstAtMs = performance.now();
    controller.abort();
    setTimeout(() => {
      process.stderr.write(`${words}\n`);
      leave();
    }, graceMs).unref();
  };
  for (const signal of INTERRUPTING_SIGNALS) process.on(signal, interrupt);
  return controller.signal;
}

function ownVersion(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

void main();

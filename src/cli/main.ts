#!/usr/bin/env node
/* eslint-disable @typescript-eslint/no-require-imports -- Loaded when a command needs it: see lazy-commands.ts. */
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as Client from '../client/index';
import type { DeploymentClient } from '../client/index';
import { temporalAddress } from '../client/temporal-address';
import { runCli } from './run-cli';

const SECOND_THOUGHT_MS = 1_000;
const SHOW_CURSOR = '\u001b[?25h';

async function main(): Promise<void> {
  (nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
  const interrupted = interruption();
  // Whoever reads our output may be gone before us: `belay status | head -1`.
  process.stdout.on('error', () => process.exit());
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    homedir: homedir(),
    version: ownVersion(),
    interrupted,
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

/** The first Ctrl-C only stops looking; a command that does not end by itself at once is left, and so at the second. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const leave = (): void => {
    if (process.stdout.isTTY) process.stdout.write(SHOW_CURSOR);
    process.exit(130);
  };
  process.on('SIGINT', () => {
    if (controller.signal.aborted) leave();
    controller.abort();
    setTimeout(() => {
      process.stderr.write('Interrupted. What was started goes on; `belay status` shows it.\n');
      leave();
    }, SECOND_THOUGHT_MS).unref();
  });
  return controller.signal;
}

function ownVersion(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

void main();

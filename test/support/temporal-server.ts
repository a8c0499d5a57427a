import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { devServerArguments } from '../../tools/temporal/dev-server.mjs';
import { resolveTemporal } from '../../tools/temporal/resolve.mjs';
import { endWithMe } from './end-with-me';
import { freePort } from './free-port';

const readyWithinMs = 40_000;
const stopWithinMs = 10_000;
const sharedAddressVariable = 'BELAY_TEST_TEMPORAL_ADDRESS';

/** A Temporal development server of a test's own, on a database file that outlives its kills. */
export interface TemporalServer {
  /** `127.0.0.1:port`, the same after every restart. */
  readonly address: string;
  /** Address of Temporal Web, or null when it was not asked for. */
  readonly web: string | null;
  readonly logFile: string;
  /** Pid of the running server. */
  pid(): number;
  /** SIGKILL, as a power cut would; returns when the process is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and database; returns when it serves. */
  restart(): Promise<void>;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it serves. Rejects with the end of its log when it does not. */
export async function startTemporalServer(
  options: { readonly web?: boolean } = {},
): Promise<TemporalServer> {
  const binary = await temporalBinary();
  const folder = mkdtempSync(join(tmpdir(), 'belay-temporal-'));
  const port = await freePort();
  const uiPort = options.web === true ? await freePort() : undefined;
  const logFile = join(folder, 'server.log');
  const database = join(folder, 'temporal.db');
  const args = devServerArguments({
    port,
    database,
    ...(uiPort === undefined ? {} : { uiPort }),
  });
  const address = `127.0.0.1:${port}`;
  const start = () => launch({ binary, args, address, logFile });
  let server = await start();
  return {
    address,
    web: uiPort === undefined ? null : `http://127.0.0.1:${uiPort}`,
    logFile,
    pid: () => server.pid ?? 0,
    kill: () => end(server, 'SIGKILL'),
    restart: async () => {
      await end(server, 'SIGKILL');
      server = await start();
    },
    stop: async () => {
      await end(server, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Address of the server that the integration layer's set-up started for the whole run. */
export function sharedTemporalAddress(): string {
  const address = process.env[sharedAddressVariable];
  if (address === undefined) {
    throw new Error('No shared Temporal server: only the integration and chaos layers start one.');
  }
  return address;
}

/** Makes {@link sharedTemporalAddress} answer, here and in the worker processes of the test run. */
export function shareTemporalAddress(address: string): void {
  process.env[sharedAddressVariable] = address;
}

/** Tests kill their servers, so an existing cluster that TEMPORAL_ADDRESS names is left in peace. */
async function temporalBinary(): Promise<string> {
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const found = await resolveTemporal({ log: (line) => process.stderr.write(`${line}\n`), env });
  if (found.kind !== 'binary') throw new Error('unreachable: no address was offered');
  return found.path;
}

async function launch(options: {
  readonly binary: string;
  readonly args: readonly string[];
  readonly address: string;
  readonly logFile: string;
}): Promise<ChildProcess> {
  const log = openSync(options.logFile, 'a');
  const server = spawn(options.binary, options.args, { stdio: ['ignore', log, log] });
  closeSync(log);
  endWithMe(server);
  try {
    await serving(server, options.address);
  } catch (error) {
    await end(server, 'SIGKILL');
    const tail = readFileSync(options.logFile, 'utf8').split('\n').slice(-15).join('\n');
    throw new Error(`The Temporal server did not start.\n${tail}`, { cause: error });
  }
  return server;
}

async function serving(server: ChildProcess, address: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`it exited with ${server.exitCode}`);
    try {
      await describeDefaultNamespace(address);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

/** The port opens before the namespace exists, so an open port says too little. */
async function describeDefaultNamespace(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '2s' });
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
  } finally {
    await connection.close();
  }
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  const late = setTimeout(() => server.kill('SIGKILL'), stopWithinMs);
  await gone;
  clearTimeout(late);
}

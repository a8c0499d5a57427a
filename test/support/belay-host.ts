import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { openDeploymentClient, type DeploymentClient } from '../../src/client';
import { registrationFile, serializeRegistration } from '../../src/config/environment-registration';
import { homeLayout } from '../../src/domain/home-layout';
import { platformSocketPath } from '../../src/platform/socket-path';
import { endWithMe } from './end-with-me';
import { prepareTestNamespace } from './prepare-namespace';

const ROOT = join(__dirname, '..', '..');
const DIST = join(ROOT, 'dist');

/** One `BELAY_HOME` in a folder of its own, with the built platform and worker as real processes. */
export interface BelayHost {
  readonly home: string;
  readonly client: DeploymentClient;
  readonly address: string;
  readonly env: NodeJS.ProcessEnv;
  readonly worker: HostProcess;
  readonly platform: HostProcess;
  /** Runs the built CLI to its end. */
  cli(args: readonly string[], options?: CliOptions): Promise<CliResult>;
  /** Ends everything that this host started, services included, and removes its folder. */
  stop(): Promise<void>;
}

export interface HostProcess {
  pid(): number;
  /** Waits until it has ended by itself, at most 15 s. */
  ended(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HostOptions {
  /** Temporal's frontend. */
  readonly address: string;
  readonly environments: readonly string[];
}

export async function startBelayHost({ address, environments }: HostOptions): Promise<BelayHost> {
  const home = mkdtempSync(join(tmpdir(), 'belay-home-'));
  const env = { ...process.env, BELAY_HOME: home, TEMPORAL_ADDRESS: address, NO_COLOR: '1' };
  await prepareTestNamespace(address);
  for (const environment of environments) register(home, environment);
  const platform = hostProcess({ home, env, name: 'platform' });
  const worker = hostProcess({ home, env, name: 'worker' });
  await platform.start();
  await worker.start();
  const client = await openDeploymentClient({ address });
  return {
    home,
    client,
    address,
    env,
    worker,
    platform,
    cli: (args, options = {}) => runCli({ args, env, cwd: home, ...options }),
    stop: async () => {
      await client.close();
      await worker.kill();
      await stopServices(home);
      await platform.ended();
      await platform.kill();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function register(home: string, environment: string): void {
  const folder = homeLayout(home).environments;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, registrationFile(environment)),
    serializeRegistration({
      schemaVersion: 1,
      environment,
      target: { kind: 'local', home },
      registeredAt: new Date().toISOString(),
    }),
  );
}

interface Launch {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly name: 'platform' | 'worker';
}

function hostProcess(launch: Launch): HostProcess {
  let child: ChildProcess | null = null;
  return {
    pid: () => child?.pid ?? 0,
    ended: () => ended(child),
    kill: () => kill(child),
    start: async () => {
      child = await spawnReady(launch);
    },
  };
}

const READY = { platform: /ready on/, worker: /Running workflows/ } as const;
const READY_WITHIN_MS = 120_000;

async function spawnReady({ home, env, name }: Launch): Promise<ChildProcess> {
  const folder = name === 'platform' ? 'platform' : 'workers';
  const { logs } = homeLayout(home);
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `${name}.test.log`);
  const before = existsSync(logFile) ? readFileSync(logFile, 'utf8').length : 0;
  const log = openSync(logFile, 'a');
  const main = join(DIST, folder, 'main.js');
  const child = spawn(process.execPath, [main, '--home', home], {
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  endWithMe(child);
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!READY[name].test(readFileSync(logFile, 'utf8').slice(before))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The ${name} did not start:\n${readFileSync(logFile, 'utf8')}`);
    }
    await sleep(50);
  }
  return child;
}

const ENDS_WITHIN_MS = 15_000;

async function ended(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  await Promise.race([once(child, 'exit'), sleep(ENDS_WITHIN_MS, undefined, { ref: false })]);
}

async function kill(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Instances outlive the platform on purpose, so it is asked to take them along. */
async function stopServices(home: string): Promise<void> {
  const client = new Client('http://localhost', { socketPath: platformSocketPath(home) });
  try {
    const body = JSON.stringify({ services: 'stop' });
    const headers = { 'content-type': 'application/json' };
    await client.request({ method: 'POST', path: '/v1/shutdown', body, headers });
    // It may be one that a worker started, which is no child of this test.
    await untilGone(client);
  } catch {
    // A test that killed the platform for good ends its services itself.
  } finally {
    await client.destroy();
  }
}

async function untilGone(client: Client): Promise<void> {
  const deadline = Date.now() + ENDS_WITHIN_MS;
  while (Date.now() < deadline) {
    const { body } = await client.request({ method: 'GET', path: '/v1/platform' });
    await body.dump();
    await sleep(50);
  }
}

async function runCli(run: {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}): Promise<CliResult> {
  const child = spawn(process.execPath, [join(DIST, 'cli', 'main.js'), ...run.args], {
    env: run.env,
    cwd: run.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

import { join } from 'node:path';
import { connectTemporal } from '../../client/connection';
import { prepareNamespace } from '../../client/namespace';
import { homeLayout } from '../../domain/home-layout';
import { WORKFLOW_TASK_QUEUE } from '../../domain/deployment';
import { DEFAULT_METRICS_ADDRESS } from '../../platform/metrics/metrics-address';
import { platformSocketPath } from '../../platform/socket-path';
import { sdkRuns } from '../../client/sdk-runs';
import type { CliContext, Command } from '../context';
import type { ExitCode } from '../exit-codes';
import { onlyOne } from '../processes/only-one';
import { builtMain } from '../processes/package-root';
import { readPlatform, type PlatformSummary } from '../processes/platform-admin';
import { identify, isRunning, type ProcessIdentity } from '../../client/process-identity';
import { readProcesses, recordProcesses } from '../processes/process-record';
import { awaitReady, startDetached, type StartOrder } from '../processes/start-detached';
import { startTemporal, type RunningTemporal } from '../processes/start-temporal';
import { stopProcess } from '../processes/stop-process';

const READY_WITHIN_MS = 30_000;
const STOP_WORKER_MS = 15_000;
const CONNECT_MS = 10_000;

interface Running {
  readonly pid: number;
  readonly started: boolean;
}

/** Starts what is missing of the three processes and says where each listens. Run twice, it changes nothing. */
export const up: Command<object> = async (_options, given) => {
  const context = { ...given, env: withMetrics(given.env) };
  return onlyOne<ExitCode>(context.home, async () => {
    const temporal = await startTemporal({
      home: context.home,
      env: context.env,
      say: context.terminal.note,
      signal: context.interrupted,
      answers,
    });
    const changes = await prepare(temporal.address, context);
    changes.forEach((change) => context.terminal.note(change));
    const platform = await startPlatform(context);
    const worker = await startWorker(temporal.address, context);
    report({ temporal, platform, worker }, context);
    return 0;
  });
};

/** For the worker too: a platform that it starts in place of a dead one inherits its environment. */
function withMetrics(env: CliContext['env']): CliContext['env'] {
  return { ...env, BELAY_METRICS: env['BELAY_METRICS'] || DEFAULT_METRICS_ADDRESS };
}

async function answers(address: string): Promise<boolean> {
  try {
    const client = await connectTemporal({ address, withinMs: 500 });
    await client.connection.close();
    return true;
  } catch {
    return false;
  }
}

async function prepare(address: string, context: CliContext): Promise<readonly string[]> {
  const client = await connectTemporal({
    address,
    withinMs: CONNECT_MS,
    signal: context.interrupted,
    ...namespaceOf(context),
  });
  try {
    return await prepareNamespace(client);
  } finally {
    await client.connection.close();
  }
}

function namespaceOf({ env }: CliContext): { readonly namespace?: string } {
  const namespace = env['TEMPORAL_NAMESPACE'];
  return namespace === undefined ? {} : { namespace };
}

interface RunningPlatform extends Running {
  /** Where Prometheus can scrape it; null: nowhere. */
  readonly metricsUrl: string | null;
}

async function startPlatform(context: CliContext): Promise<RunningPlatform> {
  const { home, env } = context;
  const socket = platformSocketPath(home);
  const known = await readPlatform(socket);
  if (known !== null) return recordedPlatform(home, known, false);
  const order: StartOrder = {
    name: 'the platform',
    command: [process.execPath, builtMain('platform'), '--home', home],
    logFile: join(homeLayout(home).logs, 'platform.log'),
    env,
  };
  const started = await startDetached(order);
  const isReady = async (): Promise<boolean> => (await readPlatform(socket)) !== null;
  await awaitReady({ order, process: started, withinMs: READY_WITHIN_MS, isReady });
  const summary = (await readPlatform(socket)) ?? { pid: started.pid };
  return recordedPlatform(home, summary, true);
}

function recordedPlatform(
  home: string,
  { pid, metrics = null }: Pick<PlatformSummary, 'pid' | 'metrics'>,
  started: boolean,
): RunningPlatform {
  recordProcesses(home, { platform: identify(pid) });
  return { pid, started, metricsUrl: metrics === null ? null : metricsUrl(metrics) };
}

function metricsUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`;
}

async function startWorker(address: string, context: CliContext): Promise<Running> {
  const { home, env } = context;
  const known = readProcesses(home).worker;
  if (known !== null && isRunning(known)) {
    if (known.address === address) return { pid: known.pid, started: false };
    context.terminal.note(
      `the worker works for ${known.address}: it is started anew for ${address}`,
    );
    await stopProcess(known, STOP_WORKER_MS);
  }
  const order: StartOrder = {
    name: 'the worker',
    command: [process.execPath, builtMain('workers'), '--home', home],
    logFile: join(homeLayout(home).logs, 'worker.log'),
    env,
  };
  const started = await startDetached(order);
  recordProcesses(home, { worker: { ...started, address } });
  await awaitPoller({ order, started, address }, context);
  return { pid: started.pid, started: true };
}

interface StartedWorker {
  readonly order: StartOrder;
  readonly started: ProcessIdentity;
  readonly address: string;
}

async function awaitPoller(
  { order, started, address }: StartedWorker,
  context: CliContext,
): Promise<void> {
  const client = await connectTemporal({ address, withinMs: CONNECT_MS, ...namespaceOf(context) });
  const runs = sdkRuns(client, address);
  try {
    const isReady = async (): Promise<boolean> =>
      (await runs.pollers(WORKFLOW_TASK_QUEUE, 'workflow')) > 0;
    await awaitReady({ order, process: started, withinMs: READY_WITHIN_MS, isReady });
  } finally {
    await runs.close();
  }
}

interface Everything {
  readonly temporal: RunningTemporal;
  readonly platform: RunningPlatform;
  readonly worker: Running;
}

function report(
  { temporal, platform, worker }: Everything,
  { terminal, home, env }: CliContext,
): void {
  const socket = platformSocketPath(home);
  const word = ({ started }: { readonly started: boolean }): string =>
    started ? 'started' : 'runs already';
  const web = temporal.webUrl === null ? '' : `, web ${temporal.webUrl}`;
  const pid = temporal.pid === null ? 'TEMPORAL_ADDRESS' : `pid ${temporal.pid}`;
  terminal.result({
    json: {
      schemaVersion: 1,
      home,
      temporal,
      platform: { ...platform, socket },
      worker: { ...worker, logFile: join(homeLayout(home).logs, 'worker.log') },
    },
    text: [
      `temporal  ${word(temporal)} on ${temporal.address}${web} (${pid})`,
      `platform  ${word(platform)} on ${socket} (pid ${platform.pid})`,
      `metrics   ${platform.metricsUrl ?? noMetrics(env)}`,
      `worker    ${word(worker)} (pid ${worker.pid})`,
      `state     ${home}`,
    ],
  });
}

function noMetrics({ BELAY_METRICS: wanted }: CliContext['env']): string {
  if (wanted === 'off') return 'not served (BELAY_METRICS=off)';
  return `not served: ${wanted} is taken, or the platform was started without it; BELAY_METRICS names another`;
}

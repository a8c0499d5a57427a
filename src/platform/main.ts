import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AdminServer } from './admin/admin-server';
import { LISTEN_HOST_RULE, listenHost } from './listen-host';
import { METRICS_ADDRESS_RULE, metricsAddress } from './metrics/metrics-address';
import { codeOf, messageOf } from './platform-error';
import { Platform, type PlatformOptions } from './platform';
import { claimSocketPath } from './single-platform';
import { platformSocketPath } from './socket-path';

const USAGE = `usage: node main.js --home DIR [--listen-host ADDRESS] [--metrics ADDRESS:PORT|off] [--log-max-bytes N] [--restart-unhealthy-after-ms N]\n${LISTEN_HOST_RULE}\n${METRICS_ADDRESS_RULE}`;

interface Arguments {
  readonly home: string;
  readonly listenHost: string;
  /** What the platform has a default for. */
  readonly limits: Pick<PlatformOptions, 'logMaxBytes' | 'restartUnhealthyAfterMs' | 'metrics'>;
}

/** The platform's own process: one for a home, until SIGTERM, SIGINT or a shutdown call. */
async function main(): Promise<void> {
  surviveAccidents();
  const args = readArguments();
  if (args === null) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  mkdirSync(args.home, { recursive: true, mode: 0o700 });
  const path = platformSocketPath(args.home);
  if ((await claimSocketPath(path)) === 'free') await serve(args, path);
  else sayTaken(path);
}

async function serve({ home, listenHost, limits }: Arguments, path: string): Promise<void> {
  const admin = new AdminServer();
  try {
    await admin.listen(path);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    sayTaken(path);
    return;
  }
  const platform = await Platform.open({ home, listenHost, ...limits });
  let leaving = false;
  const leave = (services: 'leave' | 'stop'): void => {
    if (leaving) return;
    leaving = true;
    admin.refuseCalls();
    platform
      .close(services)
      .catch(report)
      .finally(() => {
        rmSync(path, { force: true });
        process.exit(0);
      });
  };
  admin.serve({ platform, onShutdown: leave });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => leave('leave'));
  process.stdout.write(`belay platform: ready on ${path} (pid ${process.pid})\n`);
}

function readArguments(): Arguments | null {
  try {
    const { values } = parseArgs({
      options: {
        home: { type: 'string' },
        'listen-host': { type: 'string' },
        metrics: { type: 'string' },
        'log-max-bytes': { type: 'string' },
        'restart-unhealthy-after-ms': { type: 'string' },
      },
    });
    const metrics = metricsAddress(values.metrics, process.env);
    const limits = {
      ...(metrics === 'off' || metrics === null ? {} : { metrics }),
      ...limit('logMaxBytes', values['log-max-bytes']),
      ...limit('restartUnhealthyAfterMs', values['restart-unhealthy-after-ms']),
    };
    const host = listenHost(values['listen-host'], process.env);
    if (values.home === undefined || host === null || metrics === null) return null;
    return { home: resolve(values.home), listenHost: host, limits };
  } catch {
    return null;
  }
}

/** Throws where it is given and is no number above 0. */
function limit<Name extends string>(
  name: Name,
  text: string | undefined,
): { readonly [N in Name]?: number } {
  if (text === undefined) return {};
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name} must be a number above 0`);
  return { [name]: value } as { readonly [N in Name]: number };
}

function sayTaken(path: string): void {
  process.stdout.write(
    `belay platform: another one already serves this home on ${path}; nothing to do\n`,
  );
}

/** Nothing that goes wrong with one request may take the traffic of all services down. */
function surviveAccidents(): void {
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
  // Whoever reads our output may be gone long before us.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}

function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  process.stderr.write(`belay platform: ${text}\n`);
}

main().catch((error: unknown) => {
  report(error);
  process.exit(1);
});

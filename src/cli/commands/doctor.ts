import { readdir } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import { connectTemporal } from '../../client/connection';
import { LEAST_RETENTION_DAYS, readNamespace } from '../../client/namespace';
import { sdkRuns } from '../../client/sdk-runs';
import { temporalAddress } from '../../client/temporal-address';
import { environmentTaskQueue, WORKFLOW_TASK_QUEUE } from '../../domain/deployment';
import { homeLayout } from '../../domain/home-layout';
import { platformSocketPath } from '../../platform/socket-path';
import type { CliContext, Command } from '../context';
import { checkLine, type Check } from '../output/check-line';
import { styleOf } from '../output/style';
import { isFree } from '../processes/free-port';
import { readPlatform } from '../processes/platform-admin';
import { isRunning } from '../../client/process-identity';
import { readProcesses } from '../processes/process-record';
import { loadTemporalTools } from '../processes/temporal-tools';

const CONNECT_MS = 3_000;
const BINARY_MS = 8_000;
const LEAST_NODE = [20, 19] as const;
const PORTS = [7233, 8233] as const;

/** Checks everything that Belay needs; exit 1 where something fails. */
export const doctor: Command<object> = async (_options, context) => {
  const checks = [
    nodeCheck(process.versions.node),
    await binaryCheck(context),
    ...(await temporalChecks(context)),
    await platformCheck(context),
    ...(await portChecks(context)),
  ];
  const ok = checks.every((check) => check.ok);
  context.terminal.result({
    json: { schemaVersion: 1, ok, checks },
    text: checks.flatMap((check) => checkLine(check, styleOf(context.terminal))),
  });
  return ok ? 0 : 1;
};

export function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  const ok = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  const mend = ok ? null : `Install Node ${leastMajor}.${leastMinor} or newer.`;
  return { name: 'node', ok, detail: version, mend };
}

async function binaryCheck({ env }: CliContext): Promise<Check> {
  const name = 'temporal binary';
  const signal = AbortSignal.timeout(BINARY_MS);
  try {
    const { resolveTemporal } = await loadTemporalTools();
    const found = await resolveTemporal({ log: () => undefined, env, signal });
    if (found.kind === 'address') {
      return {
        name,
        ok: true,
        detail: `not needed: TEMPORAL_ADDRESS is ${found.address}`,
        mend: null,
      };
    }
    const detail = `${found.version}, server ${found.server} (${found.path})`;
    return { name, ok: true, detail, mend: null };
  } catch {
    const mend =
      '`belay up` fetches one; or put `temporal` on the PATH, or name one with TEMPORAL_CLI.';
    return { name, ok: false, detail: 'none that answers', mend };
  }
}

async function temporalChecks(context: CliContext): Promise<readonly Check[]> {
  const { address } = temporalAddress(context.home, context.env);
  const namespace = context.env['TEMPORAL_NAMESPACE'];
  try {
    const client = await connectTemporal({
      address,
      withinMs: CONNECT_MS,
      ...(namespace === undefined ? {} : { namespace }),
    });
    try {
      return [
        { name: 'temporal server', ok: true, detail: `answers at ${address}`, mend: null },
        ...(await namespaceChecks(client)),
        ...(await workerChecks(client, context)),
      ];
    } finally {
      await client.connection.close();
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const mend = 'Start it with `belay up`, or set TEMPORAL_ADDRESS.';
    const unknown = ['namespace retention', 'search attributes', 'worker'].map((name) => ({
      name,
      ok: false,
      detail: 'cannot be read without the server',
      mend: 'First the server.',
    }));
    return [{ name: 'temporal server', ok: false, detail, mend }, ...unknown];
  }
}

async function namespaceChecks(client: Client): Promise<readonly Check[]> {
  const { namespace, retentionDays, missingAttributes } = await readNamespace(client);
  const keeps = retentionDays >= LEAST_RETENTION_DAYS;
  const complete = missingAttributes.length === 0;
  const mend = '`belay up` mends it; on a cluster of your own use `temporal operator`.';
  return [
    {
      name: 'namespace retention',
      ok: keeps,
      detail: `${namespace} keeps histories ${retentionDays} days (at least ${LEAST_RETENTION_DAYS})`,
      mend: keeps ? null : mend,
    },
    {
      name: 'search attributes',
      ok: complete,
      detail: complete ? 'all there' : `missing: ${missingAttributes.join(', ')}`,
      mend: complete ? null : mend,
    },
  ];
}

async function workerChecks(client: Client, context: CliContext): Promise<readonly Check[]> {
  const runs = sdkRuns(client, '');
  const environments = await registeredEnvironments(context.home);
  const queues = [
    { queue: WORKFLOW_TASK_QUEUE, kind: 'workflow' as const },
    ...environments.map((name) => ({
      queue: environmentTaskQueue(name),
      kind: 'activity' as const,
    })),
  ];
  return Promise.all(
    queues.map(async ({ queue, kind }) => {
      const count = await runs.pollers(queue, kind);
      const detail = count === 0 ? `nobody polls ${queue}` : `${count} polling ${queue}`;
      const mend =
        count > 0 ? null : 'Start one with `belay up`, or in the foreground with `belay worker`.';
      return { name: 'worker', ok: count > 0, detail, mend };
    }),
  );
}

async function registeredEnvironments(home: string): Promise<readonly string[]> {
  const files = await readdir(homeLayout(home).environments).catch(() => []);
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
}

async function platformCheck({ home }: CliContext): Promise<Check> {
  const found = await readPlatform(platformSocketPath(home));
  if (found === null) {
    const mend = 'Start it with `belay up`; the services it had go on with the same weights.';
    return { name: 'platform', ok: false, detail: 'does not answer', mend };
  }
  const fleets = found.services.flatMap((service) => service.fleets);
  const size = fleets.reduce((sum, fleet) => sum + fleet.size, 0);
  const healthy = fleets.reduce((sum, fleet) => sum + fleet.healthy, 0);
  const detail = `pid ${found.pid}, ${found.services.length} services, ${healthy} of ${size} instances healthy`;
  const mend = healthy === size ? null : '`belay logs` shows what the instances say.';
  return { name: 'platform', ok: healthy === size, detail, mend };
}

/** A default port that somebody else has is no failure: `up` takes another one and says so. */
async function portChecks({ home }: CliContext): Promise<readonly Check[]> {
  const { temporal } = readProcesses(home);
  const own =
    temporal !== null && isRunning(temporal) ? `${temporal.address} ${temporal.webUrl}` : '';
  return Promise.all(
    PORTS.map(async (port) => {
      const state = own.includes(`:${port}`)
        ? 'used by our Temporal'
        : (await isFree(port))
          ? 'free'
          : 'taken by another process; `belay up` takes a free one instead';
      return { name: `port ${port}`, ok: true, detail: state, mend: null };
    }),
  );
}

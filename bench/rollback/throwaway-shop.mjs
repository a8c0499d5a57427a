import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildShop } from '../../examples/shop/build.mjs';
import { belayCli } from '../../tools/demo/belay.mjs';
import { built } from '../../tools/demo/built.mjs';
import { startLoadClient } from '../../tools/demo/load-client.mjs';
import { stopAll } from '../../tools/demo/stop-all.mjs';
import { environmentVariables } from '../../tools/throwaway-home/environment-variables.mjs';
import { freePort } from '../../tools/throwaway-home/free-port.mjs';

const upWithinMs = 120_000;

/**
 * A `BELAY_HOME` in a temporary folder with one environment registered, and an artifact of the shop. Starts nothing.
 *
 * @param {{temporal: import('../../tools/temporal/resolve.mjs').ResolvedTemporal}} options
 * @typedef {Awaited<ReturnType<typeof openThrowawayShop>>} ThrowawayShop
 */
export async function openThrowawayShop({ temporal }) {
  const folder = await mkdtemp(join(tmpdir(), 'belay-bench-'));
  const home = join(folder, 'home');
  const isOwnTemporal = temporal.kind === 'binary';
  const environment = isOwnTemporal ? 'bench' : `bench-${randomBytes(4).toString('hex')}`;
  const [artifact] = await buildShop(join(folder, 'artifacts'));
  const port = await freePort();
  const env = environmentVariables(home, temporal);
  const belay = belayCli(env);
  const layout = built('domain/home-layout.js').homeLayout(home);
  await register({ folder: layout.environments, environment, home });
  const recordsFile = join(folder, 'load.jsonl');
  const { openDeploymentClient, temporalAddress } = built('client/index.js');
  let client = null;
  let load = null;
  let starting = Promise.resolve();

  const shop = {
    ...{ home, belay, artifact, port, environment, isOwnTemporal, recordsFile },
    name: `shop/${environment}`,
    instanceLogs: layout.instanceLogs,
    processes: () => built('cli/processes/process-record.js').readProcesses(home),
    platform: () => {
      const { platformSocketPath } = built('platform/socket-path.js');
      return built('cli/processes/platform-admin.js').readPlatform(platformSocketPath(home));
    },
    /** Never cut short: what it has just started must be on record. Answers a connected client. */
    async up() {
      starting = belay.run(['up'], { timeoutMs: upWithinMs });
      await starting;
      const namespace = env.TEMPORAL_NAMESPACE;
      const { address } = temporalAddress(home, env);
      client = await openDeploymentClient({ address, ...(namespace && { namespace }) });
      return client;
    },
    startLoad({ ratePerSecond, onLost }) {
      load = startLoadClient({
        origin: `http://127.0.0.1:${port}`,
        ratePerSecond,
        file: recordsFile,
        onLost,
      });
    },
    stopLoad: async () => load?.stop(),
    /** Ends everything that was started here and removes the folder. Answers what had to be killed, in sentences. */
    async close() {
      await load?.stop();
      await starting.catch(() => undefined);
      await client?.close().catch(() => undefined);
      const wrong = await stopAll(shop);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      return wrong;
    },
  };
  return shop;
}

async function register({ folder, environment, home }) {
  const { registrationFile, serializeRegistration } = built('config/environment-registration.js');
  const registration = {
    schemaVersion: 1,
    environment,
    target: { kind: 'local', home },
    registeredAt: new Date().toISOString(),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, registrationFile(environment)), serializeRegistration(registration));
}

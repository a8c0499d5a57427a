import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { belayCli } from '../../tools/demo/belay.mjs';
import { built } from '../../tools/demo/built.mjs';
import { stopAll } from '../../tools/demo/stop-all.mjs';
import { environmentVariables } from '../../tools/throwaway-home/environment-variables.mjs';

const upWithinMs = 120_000;

/**
 * A `BELAY_HOME` in a temporary folder with one environment registered. Starts nothing.
 *
 * @param {{temporal: import('../../tools/temporal/resolve.mjs').ResolvedTemporal, services: readonly string[]}} options
 *   `services`: whose deployments are ended with it
 * @typedef {Awaited<ReturnType<typeof openThrowawayHome>>} ThrowawayHome
 */
export async function openThrowawayHome({ temporal, services }) {
  const folder = await mkdtemp(join(tmpdir(), 'belay-bench-'));
  const home = join(folder, 'home');
  const isOwnTemporal = temporal.kind === 'binary';
  // A server that is not ours may know other benchmarks: there the environment has a name that nobody else has.
  const environment = isOwnTemporal ? 'bench' : `bench-${randomBytes(4).toString('hex')}`;
  const env = environmentVariables(home, temporal);
  const belay = belayCli(env);
  const layout = built('domain/home-layout.js').homeLayout(home);
  await register({ folder: layout.environments, environment, home });
  const { openDeploymentClient, temporalAddress } = built('client/index.js');
  let client = null;
  let starting = Promise.resolve();

  const ground = {
    ...{ folder, home, layout, belay, environment, isOwnTemporal },
    names: services.map((service) => `${service}/${environment}`),
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
    /** Ends everything that was started here. Answers what had to be killed, in sentences. */
    async close() {
      await starting.catch(() => undefined);
      await client?.close().catch(() => undefined);
      return stopAll(ground);
    },
    removeFolder: () =>
      rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
  return ground;
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

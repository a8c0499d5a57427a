import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildShop } from '../../examples/shop/build.mjs';
import { startAdvisoryStub } from '../advisory-stub/start.mjs';
import { approver } from './approver.mjs';
import { belayCli } from './belay.mjs';
import { configFile } from './config-file.mjs';
import { built } from './built.mjs';
import { spoilShop } from './leaky-shop.mjs';
import { startLoadClient } from './load-client.mjs';
import { stopAll } from './stop-all.mjs';
import { environmentVariables } from '../throwaway-home/environment-variables.mjs';
import { freePort } from '../throwaway-home/free-port.mjs';

const ratePerSecond = 120;
const upWithinMs = 120_000;

/**
 * A `BELAY_HOME` in a temporary folder, and the shop's four revisions and a spoilt one beside it. Starts nothing.
 *
 * @param {{temporal: import('../temporal/resolve.mjs').ResolvedTemporal, onLost: (error: Error) => void}} options
 * @typedef {Awaited<ReturnType<typeof openStage>>} Stage
 */
export async function openStage({ temporal, onLost }) {
  const folder = await mkdtemp(join(tmpdir(), 'belay-demo-'));
  const home = join(folder, 'home');
  const port = await freePort();
  const environment = environmentFor(temporal);
  const good = await buildShop(join(folder, 'artifacts'));
  const artifacts = [...good, await spoilShop(good.at(-1), join(folder, 'artifacts', 'spoilt'))];
  const advisories = await startAdvisoryStub();
  const belay = belayCli(environmentVariables(home, temporal));
  const recordsFile = join(folder, 'load.jsonl');
  const origin = `http://127.0.0.1:${port}`;
  let load = null;
  let starting = Promise.resolve();

  const stage = {
    ...{ folder, home, origin, belay, environment, ratePerSecond, recordsFile },
    isOwnTemporal: temporal.kind === 'binary',
    name: `shop/${environment}`,
    names: [`shop/${environment}`],
    processes: () => built('cli/processes/process-record.js').readProcesses(home),
    /** Starts what is missing. Never cut short: what it has just started must be on record. */
    up() {
      starting = belay.run(['up'], { timeoutMs: upWithinMs });
      return starting;
    },
    async deploy({ name, revision, strategy, approval }, { signal }) {
      const where = await writeConfig(join(folder, name), {
        ...{ artifact: artifacts[revision - 1], port, environment },
        ...{ scenario: name, strategy, advisories: advisories.address },
        ...(approval ? { approver } : {}),
      });
      const words = ['-C', where, 'deploy', environment];
      const identity = ['--key', `demo:${name}`, '--as', 'demo', '--reason', `demo: ${name}`];
      return belay.run([...words, ...identity, '--detach'], { signal, timeoutMs: 150_000 });
    },
    startLoad() {
      load = startLoadClient({ origin, ratePerSecond, file: recordsFile, onLost });
    },
    counts: () => load?.counts() ?? { requests: 0, failed: 0 },
    stopLoad: async () => load?.stop(),
    platform: () => {
      const { platformSocketPath } = built('platform/socket-path.js');
      return built('cli/processes/platform-admin.js').readPlatform(platformSocketPath(home));
    },
    /** Ends everything that the demo started. Answers what it had to kill, in sentences. */
    async close() {
      await load?.stop();
      await starting.catch(() => undefined);
      const wrong = await stopAll(stage);
      await advisories.close();
      return wrong;
    },
    removeFolder: () =>
      rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
  return stage;
}

async function writeConfig(folder, options) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'belay.yaml'), configFile(options));
  return folder;
}

/** A server that is not ours may know other demos: there the environment has a name that nobody else has. */
function environmentFor({ kind }) {
  return kind === 'binary' ? 'production' : `demo-${randomBytes(4).toString('hex')}`;
}

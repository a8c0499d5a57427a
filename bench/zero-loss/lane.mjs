import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLoadClient } from '../../tools/demo/load-client.mjs';
import { readLines } from '../../tools/load/read-lines.mjs';
import { freePort } from '../../tools/throwaway-home/free-port.mjs';
import { addRecord, emptySums } from './load-sums.mjs';
import { startOtherTool } from './other-tool.mjs';
import { addWindows, emptyCount } from './platform-count.mjs';
import { serviceFile } from './service-file.mjs';

const deployWithinMs = 60_000;

export function serviceOf({ name }) {
  return `shop-${name}`;
}

/**
 * One strategy's own service: how it is deployed, the load on it, and what is known of both. Starts nothing.
 *
 * @param {{strategy: import('./strategies.mjs').Strategy, ground: import('../throwaway/throwaway-home.mjs').ThrowawayHome, artifact: string, metrics: (service: string, fromMs: number) => Promise<readonly object[]>}} options
 *   `metrics`: what the router has counted since then, second by second
 * @typedef {Awaited<ReturnType<typeof openLane>>} Lane
 */
export async function openLane({ strategy, ground, artifact, metrics }) {
  const service = serviceOf(strategy);
  const folder = join(ground.folder, service);
  const recordsFile = join(folder, 'load.jsonl');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  await mkdir(folder, { recursive: true });
  const lane = {
    ...{ strategy, service, now: 'forward' },
    /** Every deployment that ended; of them `rounds` went the way that they were to go. */
    ...{ deployments: [], rounds: [] },
    ...{ sums: emptySums(), count: emptyCount(), other: null },
  };
  let load = null;
  let otherTool = null;
  let at = 0;

  return Object.assign(lane, {
    sent: () => load?.counts().requests ?? 0,
    /** Starts the deployment of a revision that nobody has seen. Answers its id. */
    async deploy(label, { signal }) {
      const { environment } = ground;
      const where = { service, environment, artifact, port };
      await writeFile(
        join(folder, 'belay.yaml'),
        serviceFile({ ...where, label, block: strategy.block }),
      );
      const words = ['-C', folder, 'deploy', environment, '--strategy', strategy.name];
      // The one before it may still be closing.
      const conflict = ['--conflict', 'queue'];
      const identity = ['--key', `${service}:${label}`, '--as', 'bench', '--reason', label];
      const { deployment } = await ground.belay.run(
        [...words, ...conflict, ...identity, '--detach'],
        {
          signal,
          timeoutMs: deployWithinMs,
        },
      );
      return deployment;
    },
    async startLoad({ ratePerSecond, tool, toolRatePerSecond, onLost }) {
      load = startLoadClient({ origin, ratePerSecond, file: recordsFile, mix: 'whole', onLost });
      if (tool === null) return;
      const where = { origin, folder, name: strategy.name };
      otherTool = await startOtherTool(tool, { ...where, ratePerSecond: toolRatePerSecond });
    },
    /** Reads what load client and router have counted meanwhile. */
    async catchUp() {
      at = await readLines({ file: recordsFile, at }, (line) =>
        addRecord(lane.sums, JSON.parse(line)),
      );
      addWindows(lane.count, await metrics(service, lane.count.lastNumber * 1000));
    },
    /** Everything that was sent has ended afterwards. Idempotent. */
    async stopLoad() {
      const [counted] = await Promise.all([otherTool?.stop(), load?.stop()]);
      lane.other = counted ?? null;
    },
    abandonLoad: () => Promise.all([otherTool?.abandon(), load?.abandon()]),
  });
}

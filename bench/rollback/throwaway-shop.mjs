import { join } from 'node:path';
import { buildShop } from '../../examples/shop/build.mjs';
import { built } from '../../tools/demo/built.mjs';
import { startLoadClient } from '../../tools/demo/load-client.mjs';
import { freePort } from '../../tools/throwaway-home/free-port.mjs';
import { openThrowawayHome } from '../throwaway/throwaway-home.mjs';

/**
 * A throw-away home, an artifact of the shop, and a load on it. Starts nothing.
 *
 * @param {{temporal: import('../../tools/temporal/resolve.mjs').ResolvedTemporal}} options
 * @typedef {Awaited<ReturnType<typeof openThrowawayShop>>} ThrowawayShop
 */
export async function openThrowawayShop({ temporal }) {
  const ground = await openThrowawayHome({ temporal, services: ['shop'] });
  const [artifact] = await buildShop(join(ground.folder, 'artifacts'));
  const port = await freePort();
  const recordsFile = join(ground.folder, 'load.jsonl');
  const [name] = ground.names;
  let load = null;

  return {
    ...ground,
    ...{ name, artifact, port, recordsFile },
    instanceLogs: ground.layout.instanceLogs,
    /** Of the next deployment. */
    identity() {
      const requestedAtMs = Date.now();
      const { newDeploymentId } = built('client/index.js');
      const ref = { service: 'shop', environment: ground.environment };
      return { deploymentId: newDeploymentId(ref, requestedAtMs), requestedAtMs };
    },
    startLoad({ ratePerSecond, onLost }) {
      const origin = `http://127.0.0.1:${port}`;
      load = startLoadClient({ origin, ratePerSecond, file: recordsFile, onLost });
    },
    stopLoad: async () => load?.stop(),
    /** Ends everything that was started here and removes the folder. Answers what had to be killed, in sentences. */
    async close() {
      await load?.stop();
      const wrong = await ground.close();
      await ground.removeFolder();
      return wrong;
    },
  };
}

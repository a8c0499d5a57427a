import { setTimeout as sleep } from 'node:timers/promises';
import type { DeploymentRun } from '../../src/client';
import type { LinePlace } from '../../src/domain/line/line-view';
import { startBelay, type BelayProcess } from './belay-process';
import type { DeployedShop } from './deployed-shop';
import { helloConfig, serviceFolder } from './service-folder';

export const SHOP = { service: 'shop', environment: 'production' };
const PRODUCTION = '{ deployment: { environments: [{ name: production }] } }';
const WITHIN_MS = 60_000;

/** People and CI jobs that deploy the shop from a folder of its own, each a process that can be killed. */
export class LineClients {
  private readonly folder: string;

  constructor(private readonly shop: DeployedShop) {
    const config = helloConfig(shop.port, {
      service: 'shop',
      drain: '1',
      rollbackWindow: '0',
      deploymentPipeline: PRODUCTION,
    });
    this.folder = serviceFolder({ 'belay.yaml': config });
  }

  /** `belay deploy` of a revision of the shop, 1 to 4, with what it needs to wait. */
  deploy(revision: number, ...args: readonly string[]): BelayProcess {
    const { artifact } = this.shop.request(revision);
    const path = artifact.kind === 'files' ? artifact.path : '';
    return startBelay({
      args: ['deploy', 'production', '--artifact', path, ...args],
      cwd: this.folder,
      env: this.shop.host.env,
    });
  }

  async waiting(): Promise<readonly LinePlace[]> {
    return (await this.shop.host.client.line(SHOP)).waiting;
  }

  /** Waits until so many stand in line; answers them in order. */
  async untilWaiting(count: number): Promise<readonly LinePlace[]> {
    return eventually(async () => {
      const waiting = await this.waiting();
      return waiting.length === count ? waiting : null;
    });
  }

  /** Waits until this deployment has a run, whoever started it. */
  async started(deployment: string): Promise<DeploymentRun> {
    return eventually(async () => {
      const run = await this.shop.host.client.find(SHOP);
      if (run.deployment === deployment) return run;
      return this.shop.host.client.find({ deployment }).catch(() => null);
    });
  }
}

/** Asks until there is an answer. */
export async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  const endsAtMs = Date.now() + WITHIN_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > endsAtMs) throw new Error(`not within ${WITHIN_MS} ms: ${String(ask)}`);
    await sleep(25);
  }
}

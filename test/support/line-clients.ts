import type { DeploymentRun } from '../../src/client';
import type { LinePlace } from '../../src/domain/line/line-view';
import { startBelay, type BelayProcess } from './belay-process';
import type { DeployedShop } from './deployed-shop';
import { helloConfig, serviceFolder } from './service-folder';
import { eventually } from './until';

export const SHOP = { service: 'shop', environment: 'production' };
const PRODUCTION = '{ deployment: { environments: [{ name: production }] } }';

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

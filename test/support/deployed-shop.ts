import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeploymentRun } from '../../src/client';
import type { DeploymentRequest } from '../../src/domain/deployment';
import { homeLayout } from '../../src/domain/home-layout';
import type { DeploymentStatus } from '../../src/domain/status';
import type { Classification } from '../../tools/load/classify.mjs';
import { endedStatus } from './await-status';
import { startBelayHost, type BelayHost } from './belay-host';
import { freePort } from './free-port';
import { judgeLoad, startLoadProcess, type LoadProcess } from './load-process';
import { aShopRequest, shopArtifacts } from './shop';

const RATE_PER_SECOND = 100;

/** The shop on a host of its own, with its first revision live. */
export class DeployedShop {
  private load: LoadProcess | null = null;

  private constructor(
    readonly host: BelayHost,
    readonly port: number,
    private readonly artifacts: readonly string[],
  ) {}

  static async start(address: string): Promise<DeployedShop> {
    const host = await startBelayHost({ address, environments: ['production'] });
    const shop = new DeployedShop(host, await freePort(), shopArtifacts());
    const verify = { leastMs: 1_000, longestMs: 20_000, minimumRequests: 0 };
    await shop.follow(await shop.deploy(1, { verify }), 'live');
    return shop;
  }

  /** Starts deploying a revision of the shop, 1 to 4. */
  async deploy(revision: number, change: Partial<DeploymentRequest> = {}): Promise<DeploymentRun> {
    const { run } = await this.host.client.start(this.request(revision, change), {
      waitForWorkersMs: 20_000,
    });
    return run;
  }

  request(revision: number, change: Partial<DeploymentRequest> = {}): DeploymentRequest {
    const path = this.artifacts[revision - 1] ?? '';
    return aShopRequest({ path, port: this.port }, change);
  }

  async follow(run: DeploymentRun, until: 'live' | 'ended'): Promise<DeploymentStatus> {
    const options = { until, timeoutMs: 120_000, intervalMs: 100 };
    const { view } = await this.host.client.wait(run, options);
    if (view === null) throw new Error('no status was read');
    return view.status.phase === 'ended' ? endedStatus(this.host.client, run) : view.status;
  }

  startLoad(): void {
    const file = join(mkdtempSync(join(tmpdir(), 'belay-load-')), 'records.jsonl');
    this.load = startLoadProcess({ port: this.port, rate: RATE_PER_SECOND, file });
  }

  /** What became of every request, and whose fault the failed ones are. */
  async stopLoad(): Promise<Classification> {
    const records = (await this.load?.stop()) ?? [];
    return judgeLoad(records, homeLayout(this.host.home).instanceLogs);
  }

  async stop(): Promise<void> {
    try {
      await this.load?.stop();
    } finally {
      await this.host.stop();
    }
  }
}

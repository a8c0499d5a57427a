import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileEnvironmentRecord } from '../../../src/adapters/records/file-environment-record';
import { createPlatformClient, servicePath } from '../../../src/adapters/platform-client';
import type { DeploymentRun } from '../../../src/client';
import type { DeploymentRequest } from '../../../src/domain/deployment';
import { homeLayout } from '../../../src/domain/home-layout';
import type { Digest } from '../../../src/domain/revision';
import type { DeploymentStatus } from '../../../src/domain/status';
import type { Weights } from '../../../src/domain/rollout/plan';
import type { ServiceView } from '../../../src/platform/admin-api';
import { platformSocketPath } from '../../../src/platform/socket-path';
import type { Classification } from '../../../tools/load/classify.mjs';
import { awaitStatus, endedStatus } from '../await-status';
import { startBelayHost, type BelayHost } from '../belay-host';
import { freePort } from '../free-port';
import { judgeLoad, startLoadProcess, type LoadProcess } from '../load-process';
import { aRequest } from '../requests';
import { aShopRequest, shopArtifacts } from '../shop';
import { FaultyWorker } from './faulty-worker';
import { readPlatformJournal, type JournalLine } from './platform-journal';

const RATE_PER_SECOND = 20;
const ENDS_WITHIN_MS = 180_000;
const SERVICE = 'shop';

/** What a lane does with one revision of the shop. */
export interface FaultyDeployment {
  readonly revision: number;
  readonly change: Partial<DeploymentRequest>;
  /** One after the other; each worker but the last dies at its own. */
  readonly faults: readonly string[];
  /** Rolled back by a person as soon as this holds; null: never. */
  readonly rollbackWhen: ((status: DeploymentStatus) => boolean) | null;
}

export interface Standing {
  readonly weights: Weights;
  readonly fleets: readonly { readonly revision: Digest; readonly healthy: number }[];
  readonly isClaimReleased: boolean;
  readonly recordedAsStable: Digest | null;
  readonly held: readonly Digest[];
}

/** One host under light load, with a worker that dies on purpose: others run beside it in environments of their own. */
export class FaultLane {
  private readonly worker: FaultyWorker;
  private readonly artifacts = shopArtifacts();
  private load: LoadProcess | null = null;

  private constructor(
    private readonly host: BelayHost,
    private readonly environment: string,
    private readonly port: number,
  ) {
    this.worker = new FaultyWorker(host, environment);
  }

  /** Its first revision is live when this returns. */
  static async open(address: string, environment: string): Promise<FaultLane> {
    const host = await startBelayHost({ address, environments: [environment] });
    const lane = new FaultLane(host, environment, await freePort());
    const change = { strategy: { kind: 'blue-green' }, rollbackWindowMs: 0 } as const;
    const first = await lane.ended(await lane.start(1, change));
    if (first.outcome !== 'succeeded')
      throw new Error(`the first deployment: ${first.cause ?? ''}`);
    await host.worker.kill();
    const file = join(mkdtempSync(join(tmpdir(), 'belay-load-')), 'records.jsonl');
    lane.load = startLoadProcess({ port: lane.port, rate: RATE_PER_SECOND, file });
    return lane;
  }

  /** Answers how it ended. */
  async run(deployment: FaultyDeployment): Promise<DeploymentStatus> {
    const { revision, change, faults, rollbackWhen } = deployment;
    await this.worker.kill();
    await this.worker.start(faults[0] ?? null);
    const run = await this.start(revision, change);
    const deciding = rollbackWhen === null ? null : this.rollBack(run, rollbackWhen);
    for (const next of [...faults.slice(1), null]) {
      await this.worker.died();
      await this.worker.start(next);
    }
    await deciding;
    return this.ended(run);
  }

  async standing(): Promise<Standing> {
    const client = createPlatformClient(platformSocketPath(this.host.home));
    const view = await client.call<ServiceView>(
      { method: 'GET', path: servicePath(this.ref) },
      AbortSignal.timeout(30_000),
    );
    const record = await createFileEnvironmentRecord({ home: this.host.home }).read(this.ref);
    return {
      weights: view.traffic.observed,
      fleets: view.fleets.map(({ revision, healthy }) => ({ revision, healthy })),
      isClaimReleased: view.claim?.released === true,
      recordedAsStable: record.stable?.revision.digest ?? null,
      held: record.holds.map((hold) => hold.revision),
    };
  }

  /** What the platform wrote down. */
  journal(): readonly JournalLine[] {
    return readPlatformJournal(this.host.home);
  }

  /** Ends the load; what became of its requests. */
  async stopLoad(): Promise<Classification> {
    const records = (await this.load?.stop()) ?? [];
    this.load = null;
    return judgeLoad(records, homeLayout(this.host.home).instanceLogs);
  }

  async close(): Promise<void> {
    await this.load?.stop();
    await this.worker.kill();
    await this.host.stop();
  }

  private get ref(): { readonly service: string; readonly environment: string } {
    return { service: SERVICE, environment: this.environment };
  }

  private async start(
    revision: number,
    change: Partial<DeploymentRequest>,
  ): Promise<DeploymentRun> {
    const path = this.artifacts[revision - 1] ?? '';
    const request = aShopRequest({ path, port: this.port }, { ...SHORT, ...this.ref, ...change });
    const { run } = await this.host.client.start(request, { waitForWorkersMs: 30_000 });
    return run;
  }

  private async rollBack(
    run: DeploymentRun,
    when: (status: DeploymentStatus) => boolean,
  ): Promise<void> {
    const { client } = this.host;
    await awaitStatus({ client, run }, when);
    await client.decide(run, { kind: 'rollback', actor: 'a-test', reason: null });
  }

  private async ended(run: DeploymentRun): Promise<DeploymentStatus> {
    const options = { until: 'ended', timeoutMs: ENDS_WITHIN_MS, intervalMs: 1_000 } as const;
    const { view } = await this.host.client.wait(run, options);
    if (view?.status.phase !== 'ended') {
      throw new Error(`it does not end: ${JSON.stringify(view?.status ?? null)}`);
    }
    return endedStatus(this.host.client, run);
  }
}

/** As short as a watch can be; a dead worker must not use up its longest time. */
export const SHORT_WATCH = { leastMs: 1_000, longestMs: 120_000, minimumRequests: 0 } as const;

const { run: RUN } = aRequest();

const SHORT: Partial<DeploymentRequest> = {
  criteria: [],
  // A machine that is busy with four lanes answers late, and that is no fault of this test's kind.
  run: {
    ...RUN,
    command: ['node', 'server.js'],
    health: { ...RUN.health, timeoutMs: 5_000, unhealthyAfter: 5 },
    startWithinMs: 60_000,
  },
  verify: SHORT_WATCH,
  rollbackWindowMs: 1_000,
};

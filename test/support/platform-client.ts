import { Pool } from 'undici';
import type {
  ClaimAnswer,
  DrainAnswer,
  Fence,
  FleetRequest,
  FleetView,
  MetricsAnswer,
  MetricsWindow,
  PlatformErrorBody,
  PlatformView,
  QueueAnswer,
  ServiceView,
  TrafficView,
} from '../../src/platform/admin-api';
import { pause } from './until';

/** What a call answered. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T & Partial<PlatformErrorBody>;
}

export type FleetSetup = Partial<Omit<FleetRequest, 'fence' | 'artifact'>> & {
  readonly artifact: string;
};

/** The admin API as a test calls it, about one service; `n` rises with every effect. */
export class PlatformClient {
  epoch = 0;
  n = 0;
  private readonly client: Pool;

  constructor(
    socketPath: string,
    readonly service = 'shop/test',
  ) {
    // Several connections: a drain that waits must not hold up the next call.
    this.client = new Pool('http://platform', {
      socketPath,
      headersTimeout: 60_000,
      connections: 8,
    });
  }

  close(): Promise<void> {
    return this.client.destroy();
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await this.client.request({
      method: method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.statusCode, body: (await response.body.json()) as Answer<T>['body'] };
  }

  /** A call about the service that must succeed. */
  async ok<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, `/v1/services/${this.service}${path}`, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  nextFence(): Fence {
    this.n += 1;
    return { epoch: this.epoch, n: this.n };
  }

  async claim(owner = 'd1', runId = 'r1'): Promise<ClaimAnswer> {
    const body = { deploymentId: owner, runId, after: this.epoch };
    const answer = await this.ok<ClaimAnswer>('POST', '/claim', body);
    // An owner that gets its own epoch again goes on in its order.
    if (answer.epoch !== this.epoch) this.n = 0;
    this.epoch = answer.epoch;
    return answer;
  }

  async listen(port = 0): Promise<number> {
    const view = await this.ok<ServiceView>('PUT', '/listener', { fence: this.nextFence(), port });
    return view.listener?.port ?? 0;
  }

  fleet(revision: string, setup: FleetSetup): Promise<FleetView> {
    return this.ok('PUT', `/fleets/${revision}`, fleetBody(setup, this.nextFence()));
  }

  weights(weights: Record<string, number>): Promise<TrafficView> {
    return this.ok('PUT', '/weights', { fence: this.nextFence(), weights });
  }

  drain(revision: string, timeoutMs: number): Promise<DrainAnswer> {
    return this.ok('POST', `/fleets/${revision}/drain`, { fence: this.nextFence(), timeoutMs });
  }

  retire(revision: string, drainMs = 5_000): Promise<ServiceView> {
    return this.ok('DELETE', `/fleets/${revision}`, { fence: this.nextFence(), drainMs });
  }

  reduce(revision: string, size: number, drainMs = 5_000): Promise<FleetView> {
    return this.ok('POST', `/fleets/${revision}/reduce`, {
      fence: this.nextFence(),
      size,
      drainMs,
    });
  }

  park(revision: string, untilMs: number, drainMs = 1_000): Promise<ServiceView> {
    return this.ok('POST', `/fleets/${revision}/park`, {
      fence: this.nextFence(),
      untilMs,
      drainMs,
    });
  }

  queue(mostWaitMs: number): Promise<TrafficView> {
    return this.ok('PUT', '/queue', { fence: this.nextFence(), mostWaitMs });
  }

  releaseQueue(): Promise<QueueAnswer> {
    return this.ok('POST', '/queue/release', { fence: this.nextFence() });
  }

  view(): Promise<ServiceView> {
    return this.ok('GET', '');
  }

  platform(): Promise<PlatformView> {
    return this.call<PlatformView>('GET', '/v1/platform').then(({ body }) => body);
  }

  metrics(from = 0, to = Number.MAX_SAFE_INTEGER): Promise<MetricsAnswer> {
    return this.ok('GET', `/metrics?from=${from}&to=${to}`);
  }

  async fleetView(revision: string): Promise<FleetView> {
    const { fleets } = await this.view();
    const fleet = fleets.find((each) => each.revision === revision);
    if (fleet === undefined) throw new Error(`no fleet of ${revision}`);
    return fleet;
  }

  /** Waits until so many requests wait at the router. */
  async waiting(count: number): Promise<void> {
    await answerUntil(
      async () => (await this.view()).traffic.waiting,
      (waiting) => waiting === count,
    );
  }

  /** Waits until the fleet's view is as wanted. */
  fleetUntil(revision: string, wanted: (fleet: FleetView) => boolean): Promise<FleetView> {
    return answerUntil(() => this.fleetView(revision), wanted);
  }

  /** Waits until this revision alone has a fleet. */
  async alone(revision: string): Promise<void> {
    await answerUntil(
      async () => (await this.view()).fleets.map((fleet) => fleet.revision),
      (revisions) => revisions.length === 1 && revisions[0] === revision,
    );
  }

  /** Waits until the complete seconds since then are as wanted. */
  async windowsUntil(
    fromMs: number,
    wanted: (windows: readonly MetricsWindow[]) => boolean,
  ): Promise<readonly MetricsWindow[]> {
    return answerUntil(async () => (await this.metrics(fromMs)).windows, wanted);
  }

  /** Waits until that many requests are in flight on the revision. */
  inFlight(revision: string, count: number): Promise<FleetView> {
    const sum = ({ instances }: FleetView): number =>
      instances.reduce((total, instance) => total + instance.inFlight, 0);
    return this.fleetUntil(revision, (fleet) => sum(fleet) === count);
  }

  healthy(revision: string, count: number): Promise<FleetView> {
    return this.fleetUntil(revision, (fleet) => fleet.healthy === count);
  }
}

const WITHIN_MS = 30_000;

/** Asks again until the answer is as wanted; fails with what it was. */
async function answerUntil<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + WITHIN_MS;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`);
    await pause(20);
  }
}

export function fleetBody(setup: FleetSetup, fence: Fence): FleetRequest {
  return {
    fence,
    command: ['node', 'server.js'],
    env: {},
    secrets: [],
    health: {
      path: '/health',
      intervalMs: 250,
      timeoutMs: 1_000,
      healthyAfter: 1,
      unhealthyAfter: 2,
    },
    stopGraceMs: 3_000,
    size: 1,
    token: 'd1/launch',
    ...setup,
  };
}

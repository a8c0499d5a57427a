import { Pool } from 'undici';
import type {
  ClaimAnswer,
  DrainAnswer,
  Fence,
  FleetRequest,
  FleetView,
  MetricsAnswer,
  PlatformErrorBody,
  PlatformView,
  QueueAnswer,
  ServiceView,
  TrafficView,
} from '../../src/platform/admin-api';

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
    const deadline = performance.now() + 10_000;
    for (;;) {
      const { waiting } = (await this.view()).traffic;
      if (waiting === count) return;
      if (performance.now() > deadline) throw new Error(`still ${waiting} wait`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Waits until the fleet's view is as wanted; fails after 10 s with what it was. */
  async fleetUntil(revision: string, wanted: (fleet: FleetView) => boolean): Promise<FleetView> {
    const deadline = performance.now() + 10_000;
    for (;;) {
      const fleet = await this.fleetView(revision);
      if (wanted(fleet)) return fleet;
      if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(fleet)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
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

import type { Digest } from '../domain/revision';
import type {
  ClaimAnswer,
  ClaimRequest,
  DrainAnswer,
  DrainRequest,
  Fence,
  Fenced,
  FleetRequest,
  FleetView,
  ListenerRequest,
  LogsAnswer,
  MetricsAnswer,
  ParkRequest,
  QueueAnswer,
  QueueRequest,
  ReduceRequest,
  RetireRequest,
  ServiceView,
  TrafficView,
  WeightsRequest,
} from './admin-api';
import { MetricsFile } from './metrics/metrics-file';
import type { ServiceNumbers } from './metrics/platform-families';
import { SecondBuckets } from './metrics/second-buckets';
import { refuseFleet, refuseWeightOn, refuseWeights } from './order-rules';
import { PlatformError } from './platform-error';
import { Entrance } from './router/entrance';
import { Traffic } from './router/traffic';
import { WaitingRoom } from './router/waiting-room';
import { FenceBook } from './state/fence-book';
import type { FleetSpec, FleetState, InstanceRecord, ServiceState } from './state/platform-state';
import { Fleet } from './supervisor/fleet';
import { forgetOldLogs, revisionLogs } from './supervisor/revision-logs';
import type { RunningProcess } from './supervisor/running-process';
import type { Supervision } from './supervisor/supervision';

const SAVE_METRICS_EVERY_MS = 250;
const LOOK_AT_FLEETS_EVERY_MS = 500;
const MOST_WAITING = 10_000;

export interface ServiceOptions extends Omit<Supervision, 'traffic' | 'metrics'> {
  /** Where it listens when the order names no host. */
  readonly listenHost: string;
}

/** One service in one environment: who may change it, its fleets, its weights and its entrance. */
export class Service {
  readonly name: string;
  private readonly book: FenceBook;
  private readonly traffic = new Traffic();
  private readonly metrics: SecondBuckets;
  private readonly metricsFile: MetricsFile;
  private readonly metricsTimer: NodeJS.Timeout;
  private readonly fleetsTimer: NodeJS.Timeout;
  private readonly room: WaitingRoom;
  private readonly entrance: Entrance;
  private readonly fleets = new Map<Digest, Fleet>();
  private readonly supervision: Supervision;
  /** Whether an order named the host of the listener. */
  private isHostOrdered = false;

  constructor(
    private readonly options: ServiceOptions,
    fence: ServiceState['fence'] = { claim: null, previous: null, last: null },
  ) {
    this.name = `${options.service}/${options.environment}`;
    this.book = new FenceBook(fence);
    this.metricsFile = new MetricsFile(`${options.home}/platform/metrics/${this.name}.jsonl`);
    this.metrics = new SecondBuckets(() => Date.now(), this.metricsFile.read());
    this.metricsTimer = setInterval(() => this.saveMetrics(), SAVE_METRICS_EVERY_MS);
    this.metricsTimer.unref();
    this.fleetsTimer = setInterval(() => this.lookAtFleets(), LOOK_AT_FLEETS_EVERY_MS);
    this.fleetsTimer.unref();
    const { traffic, metrics } = this;
    this.room = new WaitingRoom({
      seats: MOST_WAITING,
      canServe: () => traffic.canServeAny(),
      onWaited: (ms) => metrics.waited(ms),
    });
    this.entrance = new Entrance({ traffic, metrics, room: this.room });
    this.supervision = { ...options, traffic, metrics };
  }

  /** A service as an earlier platform left it; living processes are taken up before this returns. */
  static restore(
    options: ServiceOptions,
    state: ServiceState,
    processOf: (record: InstanceRecord) => RunningProcess | null,
  ): Service {
    const service = new Service(options, state.fence);
    for (const fleetState of state.fleets) service.restoreFleet(fleetState, processOf);
    service.traffic.setWeights(state.weights);
    const { queue = null } = state;
    if (queue !== null) service.room.open(queue);
    return service;
  }

  /**
   * Listens again where the earlier platform did, on this platform's own host where no order named one; keeps trying
   * where the port is taken.
   */
  reopen(listener: ServiceState['listener']): Promise<void> {
    if (listener === null) return this.entrance.reopen(null);
    const { host, port, isHostOrdered = false } = listener;
    this.isHostOrdered = isHostOrdered;
    return this.entrance.reopen({ host: isHostOrdered ? host : this.options.listenHost, port });
  }

  async claim(request: ClaimRequest): Promise<ClaimAnswer> {
    const { isNew, ...answer } = this.book.take(request);
    const { epoch } = answer;
    if (isNew) this.options.journal({ kind: 'claim', fence: { epoch, n: 0 }, detail: request });
    await this.options.save();
    return answer;
  }

  release({ fence }: Fenced): Promise<ServiceView> {
    return this.effect({ kind: 'release', fence }, async () => {
      this.book.release();
      return this.saved(() => this.view());
    });
  }

  setListener({ fence, ...body }: ListenerRequest): Promise<ServiceView> {
    return this.effect({ kind: 'listener', fence, detail: body }, async () => {
      await this.entrance.open({ host: body.host ?? this.options.listenHost, port: body.port });
      this.isHostOrdered = body.host !== undefined;
      return this.saved(() => this.view());
    });
  }

  setFleet(revision: Digest, { fence, ...body }: FleetRequest): Promise<FleetView> {
    const { size, token, ...spec } = body;
    const check = (): void =>
      refuseFleet({
        supervision: this.supervision,
        known: this.fleets.get(revision),
        revision,
        size,
        spec,
        others: this.wantedBeside(revision),
      });
    const detail = { revision, size, artifact: spec.artifact };
    return this.effect(
      { kind: 'fleet', fence, token, detail, asked: { revision, ...body }, check },
      async () => {
        const fleet = this.fleetFor(revision, spec);
        await fleet.resize(size, token);
        return this.saved(() => fleet.view());
      },
    );
  }

  setWeights({ fence, weights }: WeightsRequest): Promise<TrafficView> {
    const check = (): void => refuseWeights(weights, (revision) => this.fleets.get(revision));
    return this.effect({ kind: 'weights', fence, detail: weights, check }, async () => {
      for (const [revision, weight] of Object.entries(weights)) {
        if (weight > 0) this.fleets.get(revision)?.endDrain();
        if (weight > 0) this.fleets.get(revision)?.unpark();
      }
      this.traffic.setWeights(weights);
      return this.saved(() => this.trafficView());
    });
  }

  queueRequests({ fence, mostWaitMs }: QueueRequest): Promise<TrafficView> {
    return this.effect({ kind: 'queue', fence, detail: { mostWaitMs } }, async () => {
      this.room.open({ sinceMs: Date.now(), mostWaitMs });
      return this.saved(() => this.trafficView());
    });
  }

  releaseRequests({ fence }: Fenced): Promise<QueueAnswer> {
    return this.effect({ kind: 'release-queue', fence }, async () => {
      const answer = this.room.release();
      return this.saved(() => answer);
    });
  }

  drain(revision: Digest, { fence, timeoutMs }: DrainRequest): Promise<DrainAnswer> {
    const check = (): void => refuseWeightOn(this.traffic, revision);
    return this.effect(
      { kind: 'drain', fence, detail: { revision, timeoutMs }, check },
      async () => {
        const drained = this.fleets.get(revision)?.drain(timeoutMs);
        await this.options.save();
        return (await drained) ?? { inFlight: 0, cancelled: 0, waitedMs: 0 };
      },
    );
  }

  reduce(revision: Digest, { fence, size, drainMs }: ReduceRequest): Promise<FleetView> {
    return this.effect({ kind: 'reduce', fence, detail: { revision, size, drainMs } }, async () => {
      const fleet = this.fleets.get(revision);
      const reduced = fleet?.reduce(size, drainMs);
      await this.options.save();
      await reduced;
      return this.saved(() => fleet?.view() ?? noFleet(revision));
    });
  }

  park(revision: Digest, { fence, ...parking }: ParkRequest): Promise<ServiceView> {
    const check = (): void => refuseWeightOn(this.traffic, revision);
    return this.effect(
      { kind: 'park', fence, detail: { revision, ...parking }, check },
      async () => {
        this.fleets.get(revision)?.park(parking);
        return this.saved(() => this.view());
      },
    );
  }

  retire(revision: Digest, { fence, drainMs }: RetireRequest): Promise<ServiceView> {
    const check = (): void => refuseWeightOn(this.traffic, revision);
    return this.effect(
      { kind: 'retire', fence, detail: { revision, drainMs }, check },
      async () => {
        const fleet = this.fleets.get(revision);
        const ended = fleet === undefined ? Promise.resolve() : this.endFleet(fleet, drainMs);
        await this.options.save();
        await ended;
        return this.saved(() => this.view());
      },
    );
  }

  /** Also after the revision's retirement, while its logs are kept. */
  async logs(revision: Digest, lines: number): Promise<LogsAnswer> {
    const logs = await revisionLogs(this.options, revision, lines);
    if (logs !== null) return logs;
    if (this.fleets.has(revision)) return { lines: [] };
    throw new PlatformError('NOT_FOUND', `${this.name} has no logs of ${revision}.`);
  }

  metricsBetween(fromMs: number, toMs: number): MetricsAnswer {
    return this.metrics.between(fromMs, toMs);
  }

  async numbers(): Promise<ServiceNumbers> {
    return { view: await this.view(), totals: this.metrics.totals.view() };
  }

  async view(): Promise<ServiceView> {
    const { service, environment } = this.options;
    const fleets = await Promise.all([...this.fleets.values()].map((fleet) => fleet.view()));
    return {
      service,
      environment,
      epoch: this.book.epoch,
      claim: this.book.claim,
      listener: this.entrance.address,
      traffic: this.trafficView(),
      fleets,
    };
  }

  state(): ServiceState {
    const { service, environment } = this.options;
    return {
      service,
      environment,
      fence: this.book.state(),
      listener: this.listenerState(),
      weights: this.traffic.view().commanded,
      queue: this.room.state,
      fleets: [...this.fleets.values()].map((fleet) => fleet.state()),
    };
  }

  rotateLogs(): void {
    for (const fleet of this.fleets.values()) fleet.rotateLogs();
  }

  /** Stops serving; processes live on, or end with the platform. */
  async close(services: 'leave' | 'stop', drainMs: number): Promise<void> {
    clearInterval(this.fleetsTimer);
    // No admin call comes any more, so nobody would release them.
    this.room.dismiss();
    await this.entrance.close();
    clearInterval(this.metricsTimer);
    this.saveMetrics();
    for (const fleet of this.fleets.values()) {
      if (services === 'leave') fleet.leave();
    }
    if (services === 'stop') {
      await Promise.all([...this.fleets.values()].map((fleet) => fleet.stopProcesses(drainMs)));
    }
  }

  private trafficView(): TrafficView {
    const { state, waitingNow } = this.room;
    return { ...this.traffic.view(), isQueueing: state !== null, waiting: waitingNow };
  }

  /** How many instances the other revisions are to have. */
  private wantedBeside(revision: Digest): number {
    const others = [...this.fleets.values()].filter((fleet) => fleet.revision !== revision);
    return others.reduce((sum, fleet) => sum + fleet.wantedSize, 0);
  }

  private lookAtFleets(): void {
    this.endParkings();
    for (const fleet of this.fleets.values()) {
      if (this.traffic.weightOf(fleet.revision) === 0) continue;
      fleet.restartStuck(this.options.restartUnhealthyAfterMs);
    }
  }

  /** Retires what has stood by for long enough, whether an engine runs or not. */
  private endParkings(): void {
    for (const fleet of this.fleets.values()) {
      const { parked, revision } = fleet;
      if (parked === null || Date.now() < parked.untilMs) continue;
      this.options.journal({ kind: 'expired', detail: { revision, ...parked } });
      void this.endFleet(fleet, parked.drainMs);
    }
  }

  private listenerState(): ServiceState['listener'] {
    const { address } = this.entrance;
    return address === null ? null : { ...address, isHostOrdered: this.isHostOrdered };
  }

  private async effect<T>(
    accepted: {
      readonly kind: string;
      readonly fence: Fence;
      readonly token?: string;
      readonly detail?: unknown;
      /** What a repeat is compared by; `detail` where not given. */
      readonly asked?: unknown;
      readonly check?: () => void;
    },
    act: () => Promise<T>,
  ): Promise<T> {
    const { kind, fence, asked, check, ...rest } = accepted;
    const answer = await this.book.run({
      fence,
      body: { kind, asked: asked ?? rest.detail ?? null },
      check: check ?? ((): void => undefined),
      act: () => {
        this.options.journal({ kind, fence, ...rest });
        return act();
      },
    });
    this.options.saveSoon();
    return answer;
  }

  private async saved<T>(answer: () => T | Promise<T>): Promise<T> {
    await this.options.save();
    return answer();
  }

  private fleetFor(revision: Digest, spec: FleetSpec): Fleet {
    const known = this.fleets.get(revision);
    if (known !== undefined) return known;
    const fleet = new Fleet({ revision, spec, supervision: this.supervision });
    this.fleets.set(revision, fleet);
    return fleet;
  }

  private restoreFleet(
    state: FleetState,
    processOf: (record: InstanceRecord) => RunningProcess | null,
  ): void {
    const fleet = Fleet.resume({ state, supervision: this.supervision }, processOf);
    this.fleets.set(fleet.revision, fleet);
    if (state.retiring !== null) void this.endFleet(fleet, state.retiring.drainMs);
    else void fleet.fill();
  }

  private saveMetrics(): void {
    this.metricsFile.append(this.metrics.takeComplete());
    this.metrics.totals.keep(this.fleets.keys());
  }

  private async endFleet(fleet: Fleet, drainMs: number): Promise<void> {
    await fleet.retire(drainMs);
    // A later effect may have asked for it again meanwhile.
    if (fleet.isRetiring && this.fleets.get(fleet.revision) === fleet) {
      this.fleets.delete(fleet.revision);
      forgetOldLogs(this.options, this.fleets.keys());
    }
    this.options.saveSoon();
  }
}

function noFleet(revision: Digest): FleetView {
  return { revision, size: 0, healthy: 0, parkedUntilMs: null, instances: [], lastLines: [] };
}

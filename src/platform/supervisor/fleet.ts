import { randomBytes } from 'node:crypto';
import { type Digest, shortDigest } from '../../domain/revision';
import type { DrainAnswer, FleetView } from '../admin-api';
import type { FleetSpec, FleetState, InstanceRecord, Parking } from '../state/platform-state';
import { Instance } from './instance';
import type { RunningProcess } from './running-process';
import { maskSecrets } from './mask-secrets';
import type { Supervision } from './supervision';
import { surplusOf } from './surplus';

const SHRINK_DRAIN_MS = 30_000;
const RESTART_DRAIN_MS = 10_000;
const LAST_LINES = 20;

export interface FleetOptions {
  readonly revision: Digest;
  readonly spec: FleetSpec;
  readonly supervision: Supervision;
}

/** The instances of one revision in one service. */
export class Fleet {
  readonly revision: Digest;
  readonly spec: FleetSpec;
  private size = 0;
  private token = '';
  private retiring: { readonly drainMs: number } | null = null;
  private parking: Parking | null = null;
  private instances: readonly Instance[] = [];
  private draining: AbortController | null = null;
  private restarted: { readonly instance: Instance; readonly atMs: number } | null = null;
  private readonly supervision: Supervision;

  constructor({ revision, spec, supervision }: FleetOptions) {
    this.revision = revision;
    this.spec = spec;
    this.supervision = supervision;
  }

  /** A fleet as an earlier platform left it; living processes are taken up before this returns. */
  static resume(
    { state, supervision }: { readonly state: FleetState; readonly supervision: Supervision },
    processOf: (record: InstanceRecord) => RunningProcess | null,
  ): Fleet {
    const fleet = new Fleet({ revision: state.revision, spec: state.spec, supervision });
    fleet.size = state.size;
    fleet.token = state.token;
    fleet.parking = state.parked ?? null;
    for (const record of state.instances) fleet.take(record, processOf(record));
    return fleet;
  }

  get healthy(): number {
    return this.isRetiring ? 0 : this.instances.filter((instance) => instance.isHealthy).length;
  }

  get isRetiring(): boolean {
    return this.retiring !== null;
  }

  get wantedSize(): number {
    return this.size;
  }

  /** How long it stands by; null where it does not. */
  get parked(): Parking | null {
    return this.parking;
  }

  /** Keeps `size` instances running, see {@link fill}; ends a retirement and a standing by. */
  async resize(size: number, token: string): Promise<void> {
    this.retiring = null;
    this.parking = null;
    this.size = size;
    this.token = token;
    await this.fill();
  }

  /**
   * Starts what is missing; resolves when that is spawned (or crashed at it). What is too many is drained and stopped in
   * the background.
   */
  async fill(): Promise<void> {
    const { living } = this;
    for (const surplus of surplusOf(living, this.size)) void this.end(surplus, SHRINK_DRAIN_MS);
    const added = Array.from({ length: Math.max(0, this.size - living.length) }, () =>
      this.create(this.newId()),
    );
    this.instances = [...this.instances, ...added];
    await Promise.all(added.map((instance) => instance.start()));
  }

  /** Shrinks to `size`; resolves when all that goes, or was going already, is gone. */
  async reduce(size: number, drainMs: number): Promise<void> {
    if (this.isRetiring) return;
    this.size = Math.min(this.size, size);
    const going = this.instances.filter((instance) => instance.isEnding);
    going.push(...surplusOf(this.living, this.size));
    await Promise.all(going.map((instance) => this.end(instance, drainMs)));
  }

  /**
   * Restarts one instance whose process is alive and has been of no use for `afterMs`; the next one only once that one is
   * healthy again, or has had as long.
   */
  restartStuck(afterMs: number): void {
    if (this.isRetiring || this.draining !== null) return;
    const { restarted, living } = this;
    if (
      restarted !== null &&
      Date.now() - restarted.atMs < afterMs &&
      !restarted.instance.isHealthy
    )
      return;
    const stuck = living.find((instance) => instance.isStuck(afterMs));
    if (stuck === undefined) return;
    this.restarted = { instance: stuck, atMs: Date.now() };
    void stuck.restart(RESTART_DRAIN_MS);
  }

  /** Says how long it stands by. A fleet that is being retired goes anyway. */
  park(parking: Parking): void {
    if (!this.isRetiring) this.parking = parking;
  }

  unpark(): void {
    this.parking = null;
  }

  /** Waits until nothing is in flight, at most `timeoutMs`, then cuts the rest; {@link endDrain} ends it early. */
  async drain(timeoutMs: number): Promise<DrainAnswer> {
    this.endDrain();
    const draining = new AbortController();
    this.draining = draining;
    const startedAt = performance.now();
    this.setDraining();
    // Not AbortSignal.any over a timeout: Node 20 may collect the timeout, and the drain then never ends.
    const deadline = setTimeout(() => draining.abort(), timeoutMs);
    const { signal } = draining;
    const drained = await Promise.all(this.instances.map((instance) => instance.drain(signal)));
    clearTimeout(deadline);
    let cancelled = drained.reduce((sum, each) => sum + each.cancelled, 0);
    // Another one is there, or none, where somebody ended this drain early.
    if (this.draining === draining) {
      for (const instance of this.instances) cancelled += instance.cancelInFlight();
      this.endDrain();
    }
    const inFlight = this.instances.reduce((sum, instance) => sum + instance.inFlight, 0);
    return { inFlight, cancelled, waitedMs: Math.round(performance.now() - startedAt) };
  }

  /** Lets the fleet take requests again. */
  endDrain(): void {
    this.draining?.abort();
    this.draining = null;
    this.setDraining();
  }

  /** Drains and ends every instance; resolves when none is left. */
  async retire(drainMs: number): Promise<void> {
    this.retiring = { drainMs };
    this.parking = null;
    this.size = 0;
    await Promise.all(this.instances.map((instance) => this.end(instance, drainMs)));
  }

  /** Ends every process and keeps the fleet's place, for a platform that goes down with its services. */
  async stopProcesses(drainMs: number): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.stop(drainMs)));
  }

  leave(): void {
    for (const instance of this.instances) instance.leave();
  }

  rotateLogs(): void {
    for (const instance of this.instances) instance.log.rotate();
  }

  async view(): Promise<FleetView> {
    const instances = this.instances.map((instance) => instance.view());
    const newestFailed = instances.findLastIndex(({ state }) => state === 'crashed');
    const spoken = this.instances.at(newestFailed);
    return {
      revision: this.revision,
      size: this.size,
      healthy: this.healthy,
      parkedUntilMs: this.parking?.untilMs ?? null,
      instances,
      lastLines: maskSecrets(this.supervision, (await spoken?.log.lastLines(LAST_LINES)) ?? []),
    };
  }

  state(): FleetState {
    return {
      revision: this.revision,
      spec: this.spec,
      token: this.token,
      size: this.size,
      retiring: this.retiring,
      parked: this.parking,
      instances: this.instances.map((instance) => instance.record()),
    };
  }

  private get living(): readonly Instance[] {
    return this.instances.filter((instance) => !instance.isEnding);
  }

  private take(record: InstanceRecord, process: RunningProcess | null): void {
    const isSurplus = record.stopping || this.living.length >= this.size;
    if (isSurplus && process === null) return;
    const instance = this.create(record.id);
    this.instances = [...this.instances, instance];
    // Not awaited: one instance that has to be started anew must not keep the others from serving.
    void instance.resume(record, process);
    if (isSurplus) void this.end(instance, 0);
  }

  private create(id: string): Instance {
    const { revision, spec, token, supervision } = this;
    const instance = new Instance({ id, revision, spec, token, supervision });
    instance.fleetDrains = this.draining !== null;
    return instance;
  }

  private newId(): string {
    return `${shortDigest(this.revision)}-${randomBytes(4).toString('hex')}`;
  }

  private async end(instance: Instance, drainMs: number): Promise<void> {
    await instance.stop(drainMs);
    this.instances = this.instances.filter((other) => other !== instance);
    this.supervision.saveSoon();
  }

  private setDraining(): void {
    for (const instance of this.instances) instance.fleetDrains = this.draining !== null;
  }
}

import { statSync } from 'node:fs';
import { artifactFiles } from '../../domain/home-layout';
import type { Digest } from '../../domain/revision';
import type { InstanceState, InstanceView } from '../admin-api';
import { messageOf, PlatformError } from '../platform-error';
import { Upstream } from '../router/upstream';
import type { FleetSpec, InstanceRecord } from '../state/platform-state';
import { BackOff } from './back-off';
import { DrainLimit } from './drain-limit';
import { freePort } from './free-port';
import { HealthWatch } from './health-watch';
import { instanceEnvironment } from './instance-environment';
import { InstanceLog } from './instance-log';
import { RunningProcess } from './running-process';
import { isStuck } from './stuck';
import { logFolder, type Supervision } from './supervision';

const CLOSE_AFTER_MS = 1_000;

export interface InstanceOptions {
  readonly id: string;
  readonly revision: Digest;
  readonly spec: FleetSpec;
  /** Written to the journal with every start. */
  readonly token: string;
  readonly supervision: Supervision;
}

type Activity = 'starting' | 'running' | 'crashed' | 'stopping' | 'stopped';

/** One place in a fleet: a process that is kept running, restarted when it ends, until it is stopped. */
export class Instance {
  readonly id: string;
  readonly log: InstanceLog;
  private activity: Activity = 'starting';
  private sinceMs = Date.now();
  private startedAtMs = Date.now();
  private port = 0;
  private process: RunningProcess | null = null;
  private upstream: Upstream | null = null;
  private restarts = 0;
  private restartAtMs: number | null = null;
  private restartTimer: NodeJS.Timeout | null = null;
  private launching: Promise<void> = Promise.resolve();
  private ending: Promise<void> | null = null;
  private readonly drainLimit = new DrainLimit();
  private lastExit: string | null = null;
  private drainingFleet = false;
  private readonly backOff = new BackOff();
  private readonly watch: HealthWatch;

  constructor(private readonly options: InstanceOptions) {
    const { id, revision, spec, supervision } = options;
    this.id = id;
    this.log = new InstanceLog(
      `${logFolder(supervision, revision)}/${id}.log`,
      supervision.logMaxBytes,
    );
    this.watch = new HealthWatch({
      check: spec.health,
      port: () => (this.process === null ? null : this.port),
      onChange: (healthy) => this.onHealthChange(healthy),
      onCounted: (result) => supervision.metrics.healthCheck(revision, result),
    });
  }

  /** Starts the first process. Resolves when it was spawned, or could not be: then it is `crashed`. */
  async start(): Promise<void> {
    this.launching = this.launch();
    await this.launching;
    if (!this.isEnding) this.watch.start();
  }

  /** Goes on with what an earlier platform left: the same process where it lives, else a new one. */
  async resume(record: InstanceRecord, process: RunningProcess | null): Promise<void> {
    this.restarts = record.restarts;
    this.startedAtMs = record.startedAtMs;
    if (process === null) {
      this.restarts += 1;
      return this.start();
    }
    this.port = record.port;
    this.options.supervision.takenPorts.add(record.port);
    this.options.supervision.journal({ kind: 'adopted', instance: this.id, pid: process.pid });
    this.run(process);
    if (record.healthy) this.watch.assumeHealthy();
    this.watch.start();
  }

  get isEnding(): boolean {
    return this.activity === 'stopping' || this.activity === 'stopped';
  }

  get isHealthy(): boolean {
    return !this.isEnding && this.watch.healthy;
  }

  get inFlight(): number {
    return this.upstream?.inFlight ?? 0;
  }

  /** Whether its process runs and is of no use any more, see {@link isStuck}. */
  isStuck(afterMs: number): boolean {
    if (this.activity !== 'running') return false;
    const { wasHealthySinceStart } = this.watch;
    return isStuck({ unhealthyForMs: this.watch.unhealthyForMs(), wasHealthySinceStart }, afterMs);
  }

  /** Ends its process so that it starts anew, after what is in flight; nothing where it is healthy again by then. */
  async restart(drainMs: number): Promise<void> {
    const { process: stuck, upstream } = this;
    if (stuck === null || upstream === null) return;
    upstream.draining = true;
    const limit = new DrainLimit();
    limit.atMost(drainMs);
    await upstream.whenIdle(limit.signal);
    limit.clear();
    if (this.isEnding || this.process !== stuck) return;
    if (this.watch.healthy) {
      upstream.draining = this.drainingFleet;
      return;
    }
    const detail = this.watch.lastError;
    this.options.supervision.journal({
      kind: 'restart',
      instance: this.id,
      ...this.pidOf(),
      detail,
    });
    await stuck.stop(this.options.spec.stopGraceMs);
  }

  /** Says that the whole fleet is being drained (or no longer): it takes no new request while it is. */
  set fleetDrains(draining: boolean) {
    this.drainingFleet = draining;
    if (this.upstream !== null) this.upstream.draining = draining || this.isEnding;
  }

  /** Waits until nothing is in flight or the signal says so; upgraded connections are cut at once. */
  async drain(signal: AbortSignal): Promise<{ cancelled: number }> {
    const { upstream } = this;
    if (upstream === null) return { cancelled: 0 };
    const upgraded = upstream.cancel('upgraded');
    await upstream.whenIdle(signal);
    return { cancelled: upgraded };
  }

  /** Cuts what is still in flight; answers how much. */
  cancelInFlight(): number {
    return this.upstream?.cancel('all') ?? 0;
  }

  /**
   * Takes no new request, lets the running ones end for at most `drainMs`, then ends the process for good. One that is
   * ending already may be given less time.
   */
  stop(drainMs: number): Promise<void> {
    this.drainLimit.atMost(drainMs);
    this.ending ??= this.end();
    return this.ending;
  }

  private async end(): Promise<void> {
    this.become('stopping');
    // What an instance says on its way out is no sign of bad health.
    this.watch.stop();
    if (this.restartTimer !== null) clearTimeout(this.restartTimer);
    if (this.upstream !== null) this.upstream.draining = true;
    this.options.supervision.saveSoon();
    await this.drain(this.drainLimit.signal);
    this.drainLimit.clear();
    this.cancelInFlight();
    // A process that is just being spawned must not be left behind.
    await this.launching;
    await this.process?.stop(this.options.spec.stopGraceMs);
    this.become('stopped');
    this.forgetUpstream()?.close();
    this.options.supervision.journal({ kind: 'stopped', instance: this.id, ...this.pidOf() });
  }

  /** Lets go of the process without touching it. */
  leave(): void {
    this.watch.stop();
    if (this.restartTimer !== null) clearTimeout(this.restartTimer);
  }

  view(): InstanceView {
    return {
      id: this.id,
      pid: this.process?.pid ?? null,
      port: this.port,
      state: this.state(),
      sinceMs: this.sinceMs,
      startedAtMs: this.startedAtMs,
      restarts: this.restarts,
      restartAtMs: this.restartAtMs,
      inFlight: this.inFlight,
      lastProbeError: this.watch.lastError,
      lastExit: this.lastExit,
    };
  }

  record(): InstanceRecord {
    return {
      id: this.id,
      port: this.port,
      process: this.process === null ? null : { pid: this.process.pid, stamp: this.process.stamp },
      startedAtMs: this.startedAtMs,
      restarts: this.restarts,
      healthy: this.watch.healthy,
      stopping: this.isEnding,
    };
  }

  private async launch(): Promise<void> {
    const { supervision } = this.options;
    try {
      this.become('starting');
      this.startedAtMs = Date.now();
      this.restartAtMs = null;
      await this.takePort();
      supervision.journal({
        kind: 'spawn',
        instance: this.id,
        attempt: this.restarts,
        token: this.options.token,
      });
      await supervision.save();
      if (this.isEnding) return;
      const running = await this.spawn();
      supervision.journal({
        kind: 'spawned',
        instance: this.id,
        attempt: this.restarts,
        pid: running.pid,
      });
      this.run(running);
    } catch (error) {
      this.onEnd(messageOf(error));
    }
  }

  private async takePort(): Promise<void> {
    const { takenPorts } = this.options.supervision;
    takenPorts.delete(this.port);
    this.port = await freePort((port) => takenPorts.has(port));
    takenPorts.add(this.port);
  }

  private spawn(): Promise<RunningProcess> {
    const { id, revision, spec, supervision } = this.options;
    const { home, service, environment } = supervision;
    const { env, secrets, command } = spec;
    const cwd = filesOf(home, spec.artifact);
    const environmentOfChild = instanceEnvironment({
      home,
      service,
      environment,
      revision,
      instance: id,
      port: this.port,
      env,
      secrets,
    });
    const output = this.log.openForAppend();
    return RunningProcess.spawn({ command, port: this.port, cwd, env: environmentOfChild, output });
  }

  private run(running: RunningProcess): void {
    const { revision, supervision } = this.options;
    this.process = running;
    this.become('running');
    this.upstream = new Upstream({
      instance: this.id,
      revision,
      port: this.port,
      timeouts: supervision.timeouts,
      onRefused: () => this.watch.markDown('connection refused'),
    });
    this.upstream.draining = this.drainingFleet || this.isEnding;
    supervision.traffic.add(this.upstream);
    this.watch.expectStart();
    running.onExit((how) => this.onProcessExit(running, how));
    supervision.saveSoon();
  }

  private onProcessExit(running: RunningProcess, how: string): void {
    running.killGroup();
    this.options.supervision.journal({
      kind: 'exited',
      instance: this.id,
      pid: running.pid,
      detail: how,
    });
    this.onEnd(how);
  }

  private onEnd(how: string): void {
    const healthyForMs = this.watch.healthyForMs();
    this.lastExit = how;
    if (this.isEnding) return;
    this.process = null;
    this.watch.markDown(how);
    const upstream = this.forgetUpstream();
    // Its connections fail by themselves; what it had still sent is worth reading.
    if (upstream !== null) setTimeout(() => upstream.close(), CLOSE_AFTER_MS).unref();
    this.become('crashed');
    const delayMs = this.backOff.nextDelayMs(healthyForMs);
    this.restartAtMs = Date.now() + delayMs;
    this.restartTimer = setTimeout(() => {
      this.restarts += 1;
      this.launching = this.launch();
    }, delayMs);
    this.options.supervision.saveSoon();
  }

  private forgetUpstream(): Upstream | null {
    const { upstream } = this;
    this.upstream = null;
    if (upstream !== null) {
      upstream.healthy = false;
      this.options.supervision.traffic.remove(upstream);
    }
    return upstream;
  }

  private onHealthChange(healthy: boolean): void {
    if (this.upstream !== null) this.upstream.healthy = healthy;
    this.sinceMs = Date.now();
    this.options.supervision.saveSoon();
  }

  private become(activity: Activity): void {
    // Once it is ending, a late start or crash does not change that.
    if (this.isEnding && activity !== 'stopped') return;
    this.activity = activity;
    this.sinceMs = Date.now();
    if (activity === 'stopped') this.options.supervision.takenPorts.delete(this.port);
  }

  private state(): InstanceState {
    switch (this.activity) {
      case 'stopping':
        return this.inFlight > 0 ? 'draining' : 'stopping';
      case 'stopped':
        return 'stopping';
      case 'crashed':
      case 'starting':
        return this.activity;
      case 'running':
        return this.runningState();
    }
  }

  private runningState(): InstanceState {
    if (this.drainingFleet) return 'draining';
    if (this.watch.healthy) return 'healthy';
    return this.watch.wasHealthySinceStart ? 'unhealthy' : 'starting';
  }

  private pidOf(): { pid?: number } {
    return this.process === null ? {} : { pid: this.process.pid };
  }
}

/** Where the process runs; a revision whose files are gone cannot be started. */
export function filesOf(home: string, artifact: Digest): string {
  const folder = artifactFiles(home, artifact);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new PlatformError(
    'ARTIFACT_MISSING',
    `The artifact ${artifact} is not in the store (${folder}); nothing was started. Store it before the launch.`,
  );
}

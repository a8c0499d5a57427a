import { mkdirSync } from 'node:fs';
import { homeLayout } from '../domain/home-layout';
import type { ClaimAnswer, ClaimRequest, PlatformView } from './admin-api';
import { writeExposition } from './metrics/exposition';
import type { MetricsAddress } from './metrics/metrics-address';
import { MetricsListener } from './metrics/metrics-listener';
import { platformFamilies } from './metrics/platform-families';
import { PlatformError } from './platform-error';
import { UPSTREAM_TIMEOUTS, type UpstreamTimeouts } from './router/upstream';
import { Service, type ServiceOptions } from './service';
import { Journal } from './state/journal';
import type { InstanceRecord, PlatformState } from './state/platform-state';
import { StateFile } from './state/state-file';
import { findInstances, isAlive, processStamp } from './supervisor/process-identity';
import { RunningProcess } from './supervisor/running-process';

const ROTATE_EVERY_MS = 5_000;
const STOP_DRAIN_MS = 10_000;

export interface PlatformOptions {
  readonly home: string;
  /** Where services listen whose order names no host. Default 127.0.0.1. */
  readonly listenHost?: string;
  /** Where `/metrics` is served to those who cannot reach the admin socket. Default: nowhere. */
  readonly metrics?: MetricsAddress;
  /** Default 10 MB. */
  readonly logMaxBytes?: number;
  /** Default 30 s. */
  readonly restartUnhealthyAfterMs?: number;
  readonly timeouts?: UpstreamTimeouts;
}

/** All services of one home. */
export class Platform {
  private readonly services = new Map<string, Service>();
  private readonly startedAtMs = Date.now();
  private readonly takenPorts = new Set<number>();
  private readonly journal: Journal;
  private readonly stateFile: StateFile;
  private readonly rotation: NodeJS.Timeout;
  private metricsListener: MetricsListener | null = null;

  private constructor(private readonly options: PlatformOptions) {
    const layout = homeLayout(options.home);
    mkdirSync(layout.platform, { recursive: true, mode: 0o700 });
    this.journal = new Journal(layout.platformJournal);
    this.stateFile = new StateFile(layout.platformState, () => this.state());
    this.rotation = setInterval(() => this.rotateLogs(), ROTATE_EVERY_MS);
    this.rotation.unref();
  }

  /** Takes up what the home's state names: living processes as they are, dead ones anew, with the same weights. */
  static async open(options: PlatformOptions): Promise<Platform> {
    const state = StateFile.read(homeLayout(options.home).platformState);
    const platform = new Platform(options);
    await platform.resume(state);
    await platform.listenForScrapes();
    return platform;
  }

  /** Throws `NOT_FOUND` for a service that was never claimed. */
  service(service: string, environment: string): Service {
    const known = this.services.get(`${service}/${environment}`);
    if (known !== undefined) return known;
    throw new PlatformError(
      'NOT_FOUND',
      `There is no service ${service}/${environment} on this platform.`,
    );
  }

  /** Claims a service; its first claim makes it known. */
  async claim(service: string, environment: string, request: ClaimRequest): Promise<ClaimAnswer> {
    const known = this.services.get(`${service}/${environment}`);
    if (known !== undefined) return known.claim(request);
    const created = new Service(this.optionsOf(service, environment));
    this.services.set(created.name, created);
    try {
      return await created.claim(request);
    } catch (error) {
      this.services.delete(created.name);
      await created.close('leave', 0);
      throw error;
    }
  }

  async view(): Promise<PlatformView> {
    const services = await Promise.all(
      [...this.services.values()].map((service) => service.view()),
    );
    return {
      schemaVersion: 1,
      pid: process.pid,
      startedAtMs: this.startedAtMs,
      home: this.options.home,
      metrics: this.metricsListener?.address ?? null,
      services,
    };
  }

  /** Prometheus' text format. */
  async exposition(): Promise<string> {
    const services = await Promise.all(
      [...this.services.values()].map((service) => service.numbers()),
    );
    return writeExposition(platformFamilies({ startedAtMs: this.startedAtMs, services }));
  }

  /** `leave`: processes go on by themselves; `stop`: they end, and start again with the next platform. */
  async close(services: 'leave' | 'stop'): Promise<void> {
    clearInterval(this.rotation);
    this.metricsListener?.close();
    await Promise.all(
      [...this.services.values()].map((service) => service.close(services, STOP_DRAIN_MS)),
    );
    await this.stateFile.save();
  }

  private async listenForScrapes(): Promise<void> {
    const { metrics: address } = this.options;
    if (address === undefined) return;
    this.metricsListener = await MetricsListener.open({
      address,
      read: () => this.exposition(),
      report: (problem) => process.stderr.write(`belay platform: ${problem}\n`),
    });
  }

  private async resume(state: PlatformState): Promise<void> {
    const found = findInstances();
    // All of them before anything is awaited: a save in between must not forget a service.
    const reopened = state.services.map((saved) => {
      const options = this.optionsOf(saved.service, saved.environment);
      const service = Service.restore(options, saved, (record) => livingProcess(record, found));
      this.services.set(service.name, service);
      return service.reopen(saved.listener);
    });
    const fleets = state.services.flatMap((saved) => saved.fleets);
    this.endOrphans(found, new Set(fleets.flatMap((fleet) => fleet.instances.map(({ id }) => id))));
    await Promise.all(reopened);
  }

  /** Ends what was spawned by this home's platform and that its state no longer names. */
  private endOrphans(found: ReadonlyMap<string, number>, known: ReadonlySet<string>): void {
    const ours = this.journal.spawnedInstances();
    for (const [instance, pid] of found) {
      const stamp = processStamp(pid);
      if (known.has(instance) || !ours.has(instance) || stamp === null) continue;
      this.journal.append({ service: '', environment: '', kind: 'killed-orphan', instance, pid });
      void RunningProcess.adopt(pid, stamp).stop(5_000);
    }
  }

  private optionsOf(service: string, environment: string): ServiceOptions {
    return {
      home: this.options.home,
      service,
      environment,
      listenHost: this.options.listenHost ?? '127.0.0.1',
      timeouts: this.options.timeouts ?? UPSTREAM_TIMEOUTS,
      logMaxBytes: this.options.logMaxBytes ?? 10_000_000,
      restartUnhealthyAfterMs: this.options.restartUnhealthyAfterMs ?? 30_000,
      takenPorts: this.takenPorts,
      journal: (entry) => this.journal.append({ service, environment, ...entry }),
      save: () => this.stateFile.save(),
      saveSoon: () => {
        this.stateFile
          .save()
          .catch((error: unknown) => process.stderr.write(`state file: ${String(error)}\n`));
      },
    };
  }

  private state(): PlatformState {
    return {
      schemaVersion: 1,
      services: [...this.services.values()].map((service) => service.state()),
    };
  }

  private rotateLogs(): void {
    for (const service of this.services.values()) service.rotateLogs();
  }
}

function livingProcess(
  record: InstanceRecord,
  found: ReadonlyMap<string, number>,
): RunningProcess | null {
  const { process: saved, id } = record;
  if (
    saved !== null &&
    isAlive(saved.pid, saved.stamp) &&
    processStamp(saved.pid) === saved.stamp
  ) {
    return RunningProcess.adopt(saved.pid, saved.stamp);
  }
  const pid = found.get(id);
  const stamp = pid === undefined ? null : processStamp(pid);
  return pid === undefined || stamp === null ? null : RunningProcess.adopt(pid, stamp);
}

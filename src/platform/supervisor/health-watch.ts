import type { HealthCheck } from '../../domain/revision';
import { probe } from './probe';

/** How often an instance that is not healthy yet is asked, for its first half minute. */
const EAGER_INTERVAL_MS = 100;
const EAGER_FOR_MS = 30_000;
/** Timers may ring a little early. */
const SLACK_MS = 5;

export interface HealthWatchOptions {
  readonly check: HealthCheck;
  /** The port to ask; null while no process runs, which counts as a failed check. */
  readonly port: () => number | null;
  readonly onChange: (healthy: boolean) => void;
  readonly onCounted: (result: 'passed' | 'failed') => void;
}

/**
 * The active health checks of one instance. They are *counted* from its first pass on, then once per interval, also while its process is down: so a crash lowers availability, and the eager
 * probing of a start does not.
 */
export class HealthWatch {
  healthy = false;
  lastError: string | null = null;
  private changedAtMs = Date.now();
  /** Whether the running process has been healthy; before that it is still starting. */
  wasHealthySinceStart = false;
  private wasHealthy = false;
  private streak = { passed: 0, failed: 0 };
  private nextCountAtMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly options: HealthWatchOptions) {}

  start(): void {
    void this.round();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** Takes up an instance that an earlier platform had found healthy. */
  assumeHealthy(): void {
    this.wasHealthy = true;
    this.set(true);
  }

  /** Not healthy from now on, until it has passed often enough again. */
  markDown(error: string): void {
    this.lastError = error;
    this.streak = { passed: 0, failed: 0 };
    this.set(false);
    this.expectSoon();
  }

  /** A new process runs. */
  expectStart(): void {
    this.wasHealthySinceStart = false;
    this.lastError = null;
    this.expectSoon();
  }

  /** Asks eagerly again. */
  private expectSoon(): void {
    if (!this.healthy) this.changedAtMs = Date.now();
    if (this.timer !== null) this.schedule(this.delayMs());
  }

  /** For how long it has been healthy without a break. */
  healthyForMs(): number {
    return this.healthy ? Date.now() - this.changedAtMs : 0;
  }

  /** For how long it has not been healthy without a break, since the start of its process at most. */
  unhealthyForMs(): number {
    return this.healthy ? 0 : Date.now() - this.changedAtMs;
  }

  private schedule(delayMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.round(), Math.max(0, delayMs));
    this.timer.unref();
  }

  private async round(): Promise<void> {
    this.timer = null;
    const startedAt = performance.now();
    const port = this.options.port();
    const error = port === null ? 'not running' : await probe(port, this.options.check);
    if (this.stopped) return;
    // A probe of a process that has ended meanwhile says nothing about its successor.
    if (port === this.options.port()) this.take(error);
    this.schedule(this.delayMs() - (performance.now() - startedAt));
  }

  private take(error: string | null): void {
    const { healthyAfter, unhealthyAfter } = this.options.check;
    if (error === null) {
      this.lastError = null;
      this.streak = { passed: this.streak.passed + 1, failed: 0 };
      if (!this.healthy && this.streak.passed >= healthyAfter) this.set(true);
    } else {
      if (this.options.port() !== null) this.lastError = error;
      this.streak = { passed: 0, failed: this.streak.failed + 1 };
      if (this.healthy && this.streak.failed >= unhealthyAfter) this.set(false);
    }
    this.count(error === null ? 'passed' : 'failed');
  }

  private count(result: 'passed' | 'failed'): void {
    const now = Date.now();
    // One that starts is not unavailable: in a rolling rollout its revision has weight before it can serve.
    if (!this.wasHealthy) return;
    if (now + SLACK_MS < this.nextCountAtMs) return;
    this.nextCountAtMs = now + this.options.check.intervalMs;
    this.options.onCounted(result);
  }

  private set(healthy: boolean): void {
    if (healthy) this.wasHealthy = this.wasHealthySinceStart = true;
    if (this.healthy === healthy) return;
    this.healthy = healthy;
    this.changedAtMs = Date.now();
    this.options.onChange(healthy);
  }

  private delayMs(): number {
    const { intervalMs } = this.options.check;
    const eager = !this.healthy && Date.now() - this.changedAtMs < EAGER_FOR_MS;
    return eager ? Math.min(EAGER_INTERVAL_MS, intervalMs) : intervalMs;
  }
}

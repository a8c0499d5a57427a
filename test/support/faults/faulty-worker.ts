import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { homeLayout } from '../../../src/domain/home-layout';
import type { BelayHost } from '../belay-host';
import { endWithMe } from '../end-with-me';
import { FAULT_VARIABLE } from './fault';

const MAIN = join(__dirname, 'worker.cjs');
const READY_WITHIN_MS = 120_000;
const STRIKES_WITHIN_MS = 180_000;

/** A real worker process that a test lets die where it wants. */
export class FaultyWorker {
  private child: ChildProcess | null = null;
  private fault: string | null = null;

  constructor(
    private readonly host: BelayHost,
    private readonly environment: string,
  ) {}

  /** `fault` as in {@link parseFault}; null: it lives. Returns when it takes up work. */
  async start(fault: string | null): Promise<void> {
    this.fault = fault;
    const before = this.log().length;
    this.child = this.spawn();
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!this.log().slice(before).includes('Running')) {
      if (this.child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the worker did not start:\n${this.log()}`);
      }
      await sleep(50);
    }
  }

  /** Waits until its fault has struck. */
  async died(): Promise<void> {
    const { child } = this;
    if (child === null) throw new Error('it was never started');
    const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
    const deadline = Date.now() + STRIKES_WITHIN_MS;
    while (!isOver() && Date.now() < deadline) await sleep(20);
    if (child.signalCode === 'SIGKILL') return;
    throw new Error(`"${this.fault ?? 'nothing'}" never struck:\n${this.log().slice(-2_000)}`);
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  private spawn(): ChildProcess {
    const log = openSync(this.logFile, 'a');
    const { [FAULT_VARIABLE]: _, ...env } = this.host.env;
    const child = spawn(process.execPath, [MAIN, this.host.home, this.environment], {
      env: this.fault === null ? env : { ...env, [FAULT_VARIABLE]: this.fault },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    return endWithMe(child);
  }

  private get logFile(): string {
    return join(homeLayout(this.host.home).logs, 'faulty-worker.log');
  }

  private log(): string {
    try {
      return readFileSync(this.logFile, 'utf8');
    } catch {
      return '';
    }
  }
}

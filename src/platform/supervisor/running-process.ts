import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { isAlive, processStamp, signalTo } from './process-identity';

const POLL_MS = 100;

export interface SpawnOptions {
  readonly command: readonly string[];
  readonly port: number;
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** An open file for stdout and stderr; closed here. */
  readonly output: number;
}

/**
 * The process of one instance with its group: one that we spawned, or one that an earlier platform did. It never ends
 * with us.
 */
export class RunningProcess {
  private exit: string | null = null;
  private readonly exitListeners: ((how: string) => void)[] = [];

  private constructor(
    readonly pid: number,
    /** Tells it from a later process with the same pid. */
    readonly stamp: string,
  ) {}

  /** Starts the command in its own process group; rejects with `spawn NAME CODE` where it cannot be started. */
  static spawn(options: SpawnOptions): Promise<RunningProcess> {
    const [name = '', ...args] = options.command.map((part) =>
      part.replaceAll('${PORT}', String(options.port)),
    );
    return new Promise((resolve, reject) => {
      try {
        const child = spawn(name, args, {
          cwd: options.cwd,
          env: options.env,
          detached: true,
          shell: false,
          stdio: ['ignore', options.output, options.output],
        });
        child.once('error', reject);
        if (child.pid === undefined) return;
        child.unref();
        resolve(RunningProcess.ofChild(child, child.pid));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      } finally {
        closeSync(options.output);
      }
    });
  }

  private static ofChild(child: ChildProcess, pid: number): RunningProcess {
    const running = new RunningProcess(pid, processStamp(pid) ?? '');
    child.on('error', () => undefined);
    child.once('exit', (code, signal) =>
      running.ended(signal === null ? `exit code ${code}` : `killed by ${signal}`),
    );
    return running;
  }

  /** Takes up a process that an earlier platform spawned. Its exit code stays unknown. */
  static adopt(pid: number, stamp: string): RunningProcess {
    const running = new RunningProcess(pid, stamp);
    const timer = setInterval(() => {
      if (isAlive(pid, stamp)) return;
      clearInterval(timer);
      running.ended('ended (exit code unknown: started by an earlier platform)');
    }, POLL_MS);
    timer.unref();
    return running;
  }

  onExit(listener: (how: string) => void): void {
    if (this.exit === null) this.exitListeners.push(listener);
    else listener(this.exit);
  }

  get hasEnded(): boolean {
    return this.exit !== null;
  }

  /** SIGTERM to the group, SIGKILL after the grace; resolves when nobody of the group is left. */
  async stop(graceMs: number): Promise<void> {
    this.signal('SIGTERM');
    if (await this.isGoneWithin(graceMs)) return;
    this.signal('SIGKILL');
    await this.isGoneWithin(5_000);
  }

  /** Ends what a leader that has died left behind in its group. */
  killGroup(): void {
    this.signal('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    signalTo(-this.pid, signal);
  }

  private async isGoneWithin(limitMs: number): Promise<boolean> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      if (this.hasEnded && !signalTo(-this.pid, 0)) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, 20)));
    }
  }

  private ended(how: string): void {
    this.exit = how;
    for (const listener of this.exitListeners.splice(0)) listener(how);
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { artifactFiles, homeLayout } from '../../src/domain/home-layout';
import { platformSocketPath } from '../../src/platform/socket-path';
import { PlatformClient } from './platform-client';
import { wholeLines } from './whole-lines';

const ENTRY = resolve(process.env['BELAY_TEST_DIST'] ?? 'dist', 'platform/main.js');
export const SAMPLE_APP = resolve(__dirname, 'sample-app');

/** A digest that is easy to tell apart. */
export function digest(character: string): string {
  return `sha256:${character.repeat(64)}`;
}

/** The built platform as a process of its own, in a temporary home. */
export class PlatformProcess {
  readonly socketPath: string;
  private child: ChildProcess | null = null;
  private readonly clients: PlatformClient[] = [];

  private constructor(readonly home: string) {
    this.socketPath = platformSocketPath(home);
  }

  static async start(args: readonly string[] = []): Promise<PlatformProcess> {
    const platform = new PlatformProcess(mkdtempSync(join(tmpdir(), 'belay-platform-')));
    await platform.start(args);
    return platform;
  }

  /** Starts it (again) and waits until it answers. */
  async start(args: readonly string[] = []): Promise<void> {
    if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing: build first`);
    const output = openSync(join(this.home, 'platform-output.log'), 'a');
    this.child = spawn(process.execPath, [ENTRY, '--home', this.home, ...args], {
      stdio: ['ignore', output, output],
    });
    const probe = this.client();
    const deadline = performance.now() + 30_000;
    for (;;) {
      const pid = await probe.platform().then(
        (view) => view.pid,
        () => null,
      );
      if (pid === this.child.pid) return;
      if (performance.now() > deadline) throw new Error(`no answer: ${this.output()}`);
      await new Promise((wait) => setTimeout(wait, 10));
    }
  }

  /** Runs a second platform on the same home to its end. */
  async runAnother(): Promise<{ readonly code: number | null; readonly output: string }> {
    const another = spawn(process.execPath, [ENTRY, '--home', this.home], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    another.stdout.on('data', (chunk) => (output += String(chunk)));
    const code = await new Promise<number | null>((done) => another.once('close', done));
    return { code, output };
  }

  client(service?: string): PlatformClient {
    const client = new PlatformClient(this.socketPath, service);
    this.clients.push(client);
    return client;
  }

  /** Puts a copy of the sample app into the artifact store under this digest. */
  store(artifact: string): string {
    const files = artifactFiles(this.home, artifact);
    mkdirSync(files, { recursive: true });
    cpSync(SAMPLE_APP, files, { recursive: true });
    return artifact;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Ends the platform with a signal and waits for it; its instances live on. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }

  /** Ends the platform with all its services and removes the home. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once('exit', done));
      await this.client().call('POST', '/v1/shutdown', { services: 'stop' });
      await ended;
    }
    await Promise.all(this.clients.map((client) => client.close()));
    rmSync(this.home, { recursive: true, force: true });
  }

  output(): string {
    return readFileSync(join(this.home, 'platform-output.log'), 'utf8');
  }

  journal(): Record<string, unknown>[] {
    return wholeLines(homeLayout(this.home).platformJournal).map(
      (line) => JSON.parse(line) as Record<string, unknown>,
    );
  }
}

import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentRun } from '../../src/client';
import { awaitClosed } from './await-status';
import { startBelayHost, type BelayHost, type CliResult } from './belay-host';
import { freePort } from './free-port';
import { pause } from './until';
import { helloConfig, helloServer, serviceFolder } from './service-folder';

/** A service with a name and a folder of its own, deployed with the built CLI; a deployment ends as soon as it is live. */
export class HelloHost {
  /** Temporal is shared by all tests, and remembers the others. */
  private readonly service = `hello-${randomUUID().slice(0, 8)}`;

  private constructor(
    readonly host: BelayHost,
    readonly port: number,
    readonly folder: string,
  ) {}

  static async start(address: string): Promise<HelloHost> {
    const host = await startBelayHost({ address, environments: ['production'] });
    const folder = serviceFolder({ 'dist/server.js': helloServer('nothing') });
    const hello = new HelloHost(host, await freePort(), folder);
    hello.configure();
    return hello;
  }

  get name(): string {
    return `${this.service}/production`;
  }

  /** Lines in `change` replace those of the file with the same key. */
  configure(change: Readonly<Record<string, string>> = {}): void {
    const environments = '{ deployment: { environments: [{ name: production }] } }';
    const base = {
      service: this.service,
      rollbackWindow: '0',
      deploymentPipeline: environments,
    };
    const text = helloConfig(this.port, { ...base, ...change });
    writeFileSync(join(this.folder, 'belay.yaml'), text);
  }

  /** What the next deployment brings. */
  build(version: string): void {
    writeFileSync(join(this.folder, 'dist', 'server.js'), helloServer(version));
  }

  /** Brings a version to everybody and waits until its deployment has ended. Answers its revision. */
  async serve(version: string): Promise<string> {
    this.build(version);
    const { code, stdout, stderr } = await this.belay('deploy', '--output', 'json');
    if (code !== 0) throw new Error(`${version} was not deployed:\n${stdout}\n${stderr}`);
    await this.ended();
    return (JSON.parse(stdout) as { readonly revision: string }).revision;
  }

  belay(...args: readonly string[]): Promise<CliResult> {
    return this.host.cli(args, { cwd: this.folder });
  }

  async belayJson(...args: readonly string[]): Promise<unknown> {
    const { stdout, stderr } = await this.belay(...args, '--output', 'json');
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  }

  /** The newest deployment, once it has ended and is recorded. */
  async ended(): Promise<DeploymentRun> {
    const { client } = this.host;
    const run = await client.find({ service: this.service, environment: 'production' });
    await client.wait(run, { until: 'ended', timeoutMs: 120_000, intervalMs: 100 });
    await awaitClosed(client, run);
    return run;
  }

  /** What a user gets. */
  async answer(): Promise<string> {
    return (await (await fetch(`http://127.0.0.1:${this.port}/`)).text()).trim();
  }

  async untilAnswer(expected: string, withinMs = 60_000): Promise<void> {
    const endsAtMs = Date.now() + withinMs;
    while ((await this.answer()) !== expected) {
      if (Date.now() > endsAtMs) throw new Error(`it never answered "${expected}"`);
      await pause(50);
    }
  }

  async stop(): Promise<void> {
    await this.host.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

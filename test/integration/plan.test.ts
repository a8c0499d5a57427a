import { startBelayHost, type BelayHost, type CliResult } from '../support/belay-host';
import { freePort } from '../support/free-port';
import {
  helloConfig,
  helloServer,
  serviceFolder,
  VERIFY_ON_AND_ON,
} from '../support/service-folder';
import { sharedTemporalAddress } from '../support/temporal-server';

let host: BelayHost;
let port: number;

beforeAll(async () => {
  host = await startBelayHost({ address: sharedTemporalAddress(), environments: ['planned'] });
  port = await freePort();
});

afterAll(async () => {
  await host.stop();
});

function folder(version: string, change: Readonly<Record<string, string>> = {}): string {
  const environments = '{ deployment: { environments: [{ name: planned }] } }';
  return serviceFolder({
    'belay.yaml': helloConfig(port, { deploymentPipeline: environments, ...change }),
    'dist/server.js': helloServer(version),
  });
}

function run(command: string, cwd: string): Promise<CliResult> {
  return host.cli([command, '--output', 'json'], { cwd });
}

function json({ stdout }: CliResult): Record<string, unknown> {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
}

test('a plan is what the deployment then does, by digest, and touches nothing', async () => {
  const cwd = folder('one');
  const planned = await run('plan', cwd);
  expect(planned.code).toBe(0);
  const before = await host.cli(['status', 'hello/planned', '--output', 'json']);
  expect(before.stdout).toContain('DEPLOYMENT_NOT_FOUND');
  expect((await run('deploy', cwd)).code).toBe(0);
  const status = json(await host.cli(['status', 'hello/planned', '--output', 'json']));
  expect(status['planDigest']).toBe(json(planned)['planDigest']);
  const ids = (json(planned)['steps'] as readonly { readonly id: string }[]).map(({ id }) => id);
  expect((status['steps'] as readonly { readonly id: string }[]).map(({ id }) => id)).toEqual(ids);
});

test('a plan names every reason at once: a hold, a dependency that does not answer, a gate', async () => {
  const cwd = folder('two', { verify: VERIFY_ON_AND_ON });
  const deploying = run('deploy', cwd);
  await waitForTraffic();
  await host.cli(['rollback', 'hello/planned', '--as', 'alice']);
  expect((await deploying).code).toBe(3);

  const closed = await freePort();
  const gates = '{ build: [{ name: Unit Test Coverage, threshold: 80, blocking: true }] }';
  const again = folder('two', { dependsOn: `['tcp://127.0.0.1:${closed}']`, qualityGates: gates });
  const blocked = await run('plan', again);
  expect(blocked.code).toBe(5);
  expect(blocked.stdout).toMatch(/on hold/);
  expect(blocked.stdout).toContain(`127.0.0.1:${closed}`);
  expect(blocked.stdout).toMatch(/Unit Test Coverage: not measured/);
});

async function waitForTraffic(): Promise<void> {
  const endsAtMs = Date.now() + 120_000;
  while (Date.now() < endsAtMs) {
    const { phase, observed } = json(
      await host.cli(['status', 'hello/planned', '--output', 'json']),
    ) as { phase?: string; observed?: { candidate: number } | null };
    if (phase === 'verify' && observed?.candidate === 100) return;
  }
  throw new Error('the candidate never got traffic');
}

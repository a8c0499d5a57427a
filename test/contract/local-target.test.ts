import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { createFileArtifactStore } from '../../src/adapters/artifacts/file-artifact-store';
import { createRouterMetrics } from '../../src/adapters/metrics/router-metrics';
import { createEmbeddedRouter } from '../../src/adapters/routers/embedded/embedded-router';
import { createLocalFleet } from '../../src/adapters/targets/local/local-fleet';
import type { ServiceRef, TargetSpec } from '../../src/domain/deployment';
import type { Digest, Revision } from '../../src/domain/revision';
import { freePort } from '../support/free-port';
import { PlatformProcess } from '../support/platform-process';
import { describeTarget, type TargetUnderTest } from './target.contract';

/** A service in a few lines, so that this suite depends on nobody's example. */
const SERVER = `
const { createServer } = require('node:http');
const status = () => (process.env.UNHEALTHY === '1' ? 503 : 200);
const server = createServer((request, response) => response.writeHead(status()).end('served'));
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('shop listens'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

let platform: PlatformProcess;
let artifact: Digest;
let places = 0;
/** The services of the current test. */
let placed: ServiceRef[] = [];

beforeAll(async () => {
  platform = await PlatformProcess.start();
  const source = join(platform.home, 'source');
  await mkdir(source);
  await writeFile(join(source, 'server.js'), SERVER);
  const store = createFileArtifactStore({ home: platform.home });
  const from = { kind: 'files', path: source, commit: null } as const;
  artifact = (await store.put(from, new AbortController().signal)).digest;
});

// Dozens of instances that nobody needs any more would slow the later tests down.
afterEach(async () => {
  for (const ref of placed) await endAll(ref);
  placed = [];
});

afterAll(() => platform.stop());

describeTarget('local', (): TargetUnderTest => {
  const options = { socketPath: platform.socketPath };
  return {
    fleet: createLocalFleet(options),
    router: createEmbeddedRouter(options),
    metrics: createRouterMetrics(options),
    nowMs: () => Date.now(),
    pass: (ms) => pause(ms),
    place: async () => {
      places += 1;
      const ref = { service: `shop${places}`, environment: 'production' };
      placed.push(ref);
      return { ref, target: { kind: 'local', listen: await freePort() } };
    },
    good: async (marker) => revisionOf({ MARKER: marker }),
    unhealthy: async () => revisionOf({ UNHEALTHY: '1' }),
    send: async ({ target }, requests) => {
      for (let sent = 0; sent < requests; sent += 1) await get(target);
    },
  };
});

async function endAll(ref: ServiceRef): Promise<void> {
  const options = { socketPath: platform.socketPath };
  const [fleet, router] = [createLocalFleet(options), createEmbeddedRouter(options)];
  const { signal } = new AbortController();
  const { epoch: after } = await router.observe(ref, signal);
  if (after === 0) return;
  const owner = { deploymentId: 'clean-up', runId: 'run' };
  const { epoch } = await router.claim({ ref, ...owner, after }, signal);
  let n = 0;
  const fence = () => ({ epoch, n: (n += 1) });
  await router.releaseRequests({ ref, fence: fence() }, signal);
  await router.setWeights({ ref, fence: fence(), weights: {} }, signal);
  for (const { revision } of await fleet.describe(ref, signal)) {
    await fleet.retire({ ref, fence: fence(), revision, drainMs: 0 }, signal);
  }
}

async function get(target: TargetSpec): Promise<void> {
  if (target.kind !== 'local') throw new Error(`no port for ${target.kind}`);
  const { statusCode, body } = await request(`http://127.0.0.1:${target.listen}/`);
  await body.dump();
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
}

function revisionOf(env: Readonly<Record<string, string>>): Revision {
  return {
    digest: `sha256:${createHash('sha256').update(JSON.stringify(env)).digest('hex')}`,
    artifact,
    command: ['node', 'server.js'],
    env,
    secrets: [],
    health: {
      path: '/health',
      intervalMs: 250,
      timeoutMs: 500,
      healthyAfter: 1,
      unhealthyAfter: 2,
    },
    stopGraceMs: 2_000,
    commit: null,
  };
}

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUnverifiedVerifier } from '../../../src/adapters/approval/unverified';
import { createLocalReadiness } from '../../../src/adapters/readiness/local-readiness';
import { freePort } from '../../support/free-port';

const signal = new AbortController().signal;
const ref = { service: 'shop', environment: 'production' };
const target = { kind: 'local', listen: 8080 } as const;
const servers: (Server | HttpServer)[] = [];

let folder: string;
let socketPath: string;
let starts: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-ready-'));
  socketPath = join(folder, 'admin.sock');
  starts = 0;
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

describe('the readiness of the local environment', () => {
  it('is given when the platform and every dependency answer', async () => {
    await startPlatform();
    const dependsOn = [`tcp://127.0.0.1:${await tcpPort()}`, `${await httpOrigin(404)}/health`];
    expect(await readiness().check({ ref, target, dependsOn }, signal)).toEqual({
      ready: true,
      issues: [],
    });
  });

  it('names each address that does not answer, and why', async () => {
    await startPlatform();
    const refused = `tcp://127.0.0.1:${await freePort()}`;
    const broken = await httpOrigin(503);
    const dependsOn = [refused, broken, 'tcp://127.0.0.1', 'ftp://127.0.0.1', 'not an address'];
    expect(await readiness().check({ ref, target, dependsOn }, signal)).toEqual({
      ready: false,
      issues: [
        { address: refused, problem: 'refuses connections' },
        { address: broken, problem: 'answered 503' },
        { address: 'tcp://127.0.0.1', problem: 'has no port' },
        { address: 'ftp://127.0.0.1', problem: 'must begin with tcp://, http:// or https://' },
        { address: 'not an address', problem: 'is no address' },
      ],
    });
  });

  it('does not wait for ever for a dependency that hangs', async () => {
    await startPlatform();
    const hanging = `http://127.0.0.1:${await tcpPort()}/`;
    const report = await readiness(300).check({ ref, target, dependsOn: [hanging] }, signal);
    expect(report.issues).toEqual([{ address: hanging, problem: 'no answer within 300 ms' }]);
  });

  it('shows no password of an address', async () => {
    await startPlatform();
    const dependsOn = [`tcp://shop:hunter2@127.0.0.1:${await freePort()}`];
    const report = await readiness().check({ ref, target, dependsOn }, signal);
    expect(report.ready).toBe(false);
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('is not given without a platform, which a repair starts', async () => {
    const request = { ref, target, dependsOn: [] };
    const before = await readiness().check(request, signal);
    expect(before).toMatchObject({ ready: false, issues: [{ address: socketPath }] });
    expect(await readiness().repair(request, signal)).toEqual(['started the platform']);
    expect(await readiness().check(request, signal)).toEqual({ ready: true, issues: [] });
  });

  it('needs no platform for a target in memory', async () => {
    const request = { ref, target: { kind: 'memory' } as const, dependsOn: [] };
    expect((await readiness().check(request, signal)).ready).toBe(true);
    expect(await readiness().repair(request, signal)).toEqual([]);
  });

  it('repairs nothing where the platform answers', async () => {
    await startPlatform();
    expect(await readiness().repair({ ref, target, dependsOn: [] }, signal)).toEqual([]);
    expect(starts).toBe(1);
  });

  it('says what it tried when the platform cannot be started', async () => {
    const broken = createLocalReadiness({
      socketPath,
      startPlatform: () => Promise.reject(new Error('no such binary')),
    });
    expect(await broken.repair({ ref, target, dependsOn: [] }, signal)).toEqual([
      'tried to start the platform: no such binary',
    ]);
  });

  it('says when a platform was started and does not answer', async () => {
    const silent = createLocalReadiness({
      socketPath,
      startPlatform: () => Promise.resolve(),
      timeoutMs: 200,
    });
    expect(await silent.repair({ ref, target, dependsOn: [] }, signal)).toEqual([
      'started the platform, which does not answer yet',
    ]);
  });

  it('stops when nobody waits any more', async () => {
    const attempt = readiness().check({ ref, target, dependsOn: [] }, AbortSignal.abort());
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the verifier without a configured proof', () => {
  it('never says that a decision is verified', async () => {
    const decision = {
      v: 1,
      id: 'd1',
      deploymentId: 'shop-1',
      kind: 'approve',
      actor: 'ada',
      reason: null,
      issuedAt: 0,
      expiresAt: 1,
      proof: 'anything',
    } as const;
    expect(await createUnverifiedVerifier().verify(decision, signal)).toEqual({
      verification: 'not-verified',
      reason: 'identity not verified',
    });
  });
});

function readiness(timeoutMs = 10_000) {
  return createLocalReadiness({ socketPath, startPlatform, timeoutMs });
}

/** Something that answers as the platform does when it is asked how it is. */
async function startPlatform(): Promise<void> {
  starts += 1;
  await listening(
    createHttpServer((_request, response) => response.end('{"schemaVersion":1}')).listen(
      socketPath,
    ),
  );
}

async function tcpPort(): Promise<number> {
  const server = createServer((socket) =>
    servers.push({ close: () => socket.destroy() } as never),
  ).listen(0, '127.0.0.1');
  await listening(server);
  return (server.address() as AddressInfo).port;
}

async function httpOrigin(status: number): Promise<string> {
  const server = createHttpServer((_request, response) => response.writeHead(status).end()).listen(
    0,
    '127.0.0.1',
  );
  await listening(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function listening(server: Server | HttpServer): Promise<void> {
  servers.push(server);
  await once(server, 'listening');
}

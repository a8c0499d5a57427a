import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterMetrics } from '../../../src/adapters/metrics/router-metrics';
import {
  createPlatformClient,
  fleetPath,
  servicePath,
} from '../../../src/adapters/platform-client';
import { fromPlatform } from '../../../src/adapters/platform-errors';
import { createEmbeddedRouter } from '../../../src/adapters/routers/embedded/embedded-router';
import { createLocalFleet } from '../../../src/adapters/targets/local/local-fleet';
import type { PlatformErrorCode } from '../../../src/platform/admin-api';

const ref = { service: 'shop', environment: 'production' };
const signal = new AbortController().signal;

let folder: string;
let socketPath: string;
let server: Server | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-client-'));
  socketPath = join(folder, 'admin.sock');
  server = null;
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the platform client', () => {
  it('says what it means that the platform is not running, and what to do', async () => {
    await expect(get()).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('requests fail until it runs again') as string,
      next: 'Run `belay up`.',
    });
  });

  it('takes a socket that nobody listens on for a platform that is not running', async () => {
    await serve(() => undefined);
    server?.close();
    await once(server!, 'close');
    await writeFile(socketPath, '');
    await expect(get()).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
      next: 'Run `belay up`.',
    });
  });

  it('does not wait for ever for a platform that hangs', async () => {
    await serve(() => undefined);
    const call = { method: 'PUT', path: '/v1/x', body: {}, timeoutMs: 100 } as const;
    await expect(createPlatformClient(socketPath).call(call, signal)).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
      message: expect.stringContaining('is not known until it answers') as string,
    });
  });

  it('does not wait for the rest of an answer for ever', async () => {
    await serve((_request, response) => response.writeHead(200).write('{"half":'));
    const call = { method: 'GET', path: '/v1/x', timeoutMs: 100 } as const;
    await expect(createPlatformClient(socketPath).call(call, signal)).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
    });
  });

  it('says that it does not know what became of a call that was cut off', async () => {
    await serve((request) => request.socket.destroy());
    await expect(get()).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
      next: 'Look at the platform with `belay doctor`.',
    });
  });

  it('does not take anything that listens there for the platform', async () => {
    await serve((_request, response) => response.end('<html>'));
    await expect(get()).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
      message: expect.stringContaining('not the platform') as string,
    });
  });

  it('stops at once when its caller leaves, with the reason of the caller', async () => {
    await serve(() => undefined);
    const controller = new AbortController();
    const call = createPlatformClient(socketPath).read('/v1/x', controller.signal);
    setTimeout(() => controller.abort(new Error('cancelled')), 50);
    await expect(call).rejects.toThrow('cancelled');
  });

  it('asks a new platform on the same socket without a failed call in between', async () => {
    const client = createPlatformClient(socketPath);
    for (const generation of [1, 2]) {
      await serve((_request, response) => response.end(JSON.stringify({ generation })));
      expect(await client.read('/v1/x', signal)).toEqual({ generation });
      server?.closeAllConnections();
      server?.close();
      await once(server!, 'close');
    }
  });

  it('reads null where the platform knows no such thing', async () => {
    await serve((_request, response) =>
      response.writeHead(404).end('{"error":{"code":"NOT_FOUND","message":"no"}}'),
    );
    expect(await createPlatformClient(socketPath).read('/v1/x', signal)).toBeNull();
  });

  it('sends the body as JSON', async () => {
    const seen: string[] = [];
    await serve((request, response) => {
      request.on('data', (data: Buffer) => seen.push(String(data)));
      request.on('end', () => response.end('{}'));
    });
    const call = { method: 'POST', path: '/v1/x', body: { after: 3 } } as const;
    await createPlatformClient(socketPath).call(call, signal);
    expect(seen.join('')).toBe('{"after":3}');
  });

  it('leaves no name room to address anything else', () => {
    expect(servicePath({ service: 'a/b', environment: '..?x' })).toBe('/v1/services/a%2Fb/..%3Fx');
    expect(fleetPath(ref, 'sha256:1', '/drain')).toBe(
      '/v1/services/shop/production/fleets/sha256:1/drain',
    );
  });
});

describe('a refusal of the platform', () => {
  const codes: readonly (readonly [PlatformErrorCode, string])[] = [
    ['NOT_FOUND', 'FENCED'],
    ['BAD_REQUEST', 'TARGET_REJECTED'],
    ['FENCED', 'FENCED'],
    ['FENCE_CONFLICT', 'TARGET_REJECTED'],
    ['PORT_TAKEN', 'PORT_TAKEN'],
    ['NO_HEALTHY_INSTANCE', 'NO_HEALTHY_INSTANCE'],
    ['HAS_WEIGHT', 'HAS_WEIGHT'],
    ['ARTIFACT_MISSING', 'ARTIFACT_MISSING'],
    ['SECRET_MISSING', 'TARGET_REJECTED'],
    ['SECRET_EXPOSED', 'TARGET_REJECTED'],
    ['INTERNAL', 'INTERNAL'],
  ];

  it.each(codes)(
    '%s is %s to the ports, with its message and what to do next',
    (code, expected) => {
      const error = fromPlatform({ error: { code, message: 'what happened', details: { n: 1 } } });
      expect(error).toMatchObject({ code: expected, message: 'what happened' });
      expect(error.next).toEqual(expect.any(String));
      expect(error.details).toEqual({ platformCode: code, details: { n: 1 } });
    },
  );

  it('with the code of a newer platform is an internal error', () => {
    const code = 'QUOTA' as PlatformErrorCode;
    expect(fromPlatform({ error: { code, message: 'm' } }).code).toBe('INTERNAL');
  });
});

describe('the local adapters without a platform', () => {
  it('say that the platform is unavailable, and metrics that nobody counts', async () => {
    const query = { ref, revisions: [], fromMs: 0, toMs: 1 };
    await expect(createLocalFleet({ socketPath }).describe(ref, signal)).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
    });
    await expect(createEmbeddedRouter({ socketPath }).observe(ref, signal)).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
    });
    await expect(createRouterMetrics({ socketPath }).windows(query, signal)).rejects.toMatchObject({
      code: 'METRICS_UNAVAILABLE',
      next: 'Run `belay up`.',
    });
  });
});

describe('the metrics of the router', () => {
  const latency = { buckets: [[40, 10]] };
  const revision = 'sha256:1';

  it('count 5xx and missing answers as errors, and what the client gave up apart', async () => {
    const counts = {
      requests: 10,
      status: { '2xx': 3, '3xx': 0, '4xx': 1, '5xx': 2, failed: 3, aborted: 1 },
      latency,
      healthChecks: { passed: 4, failed: 1 },
    };
    await serveWindows([
      { number: 7, fromMs: 7_000, revisions: { [revision]: counts }, router: {} },
    ]);
    const query = { ref, revisions: [revision], fromMs: 7_000, toMs: 8_000 };
    expect(await createRouterMetrics({ socketPath }).windows(query, signal)).toEqual([
      {
        number: 7,
        fromMs: 7_000,
        intervalMs: 1_000,
        revisions: {
          [revision]: {
            requests: 9,
            errors: 5,
            abandoned: 1,
            latency,
            healthChecksPassed: 4,
            healthChecksFailed: 1,
          },
        },
      },
    ]);
  });

  it('leave out windows that are not wholly between the two times', async () => {
    const windows = [6, 7, 8, 9].map((number) => ({
      number,
      fromMs: number * 1_000,
      revisions: {},
      router: {},
    }));
    await serveWindows(windows);
    const query = { ref, revisions: [], fromMs: 6_500, toMs: 9_500 };
    const found = await createRouterMetrics({ socketPath }).windows(query, signal);
    expect(found.map(({ number }) => number)).toEqual([7, 8]);
  });

  function serveWindows(windows: readonly unknown[]) {
    return serve((_request, response) =>
      response.end(JSON.stringify({ intervalMs: 1_000, windows })),
    );
  }
});

describe('a smoke request', () => {
  it('never takes the answer of another revision, or of the router itself, for that of its revision', async () => {
    const front = createServer((request, response) => {
      const headers = { '/stranger': {}, '/other': { 'x-belay-revision': 'sha256:2' } }[
        request.url ?? ''
      ];
      response.writeHead(200, headers ?? { 'x-belay-router': 'unknown-revision' }).end();
    }).listen(0, '127.0.0.1');
    await once(front, 'listening');
    const listener = front.address();
    await serve((_request, response) =>
      response.end(
        JSON.stringify({
          listener: { host: '127.0.0.1', port: (listener as { port: number }).port },
        }),
      ),
    );
    const smoke = (path: string) =>
      createEmbeddedRouter({ socketPath }).smoke(
        { ref, revision: 'sha256:1', path, timeoutMs: 10_000 },
        signal,
      );
    expect(await smoke('/router')).toEqual({ status: null, problem: 'unknown-revision' });
    expect(await smoke('/other')).toEqual({ status: null, problem: 'answered by sha256:2' });
    expect(await smoke('/stranger')).toEqual({
      status: null,
      problem: 'answered by something else',
    });
    front.close();
  });

  it('ends after its time and says so', async () => {
    const front = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(front, 'listening');
    const { port } = front.address() as { port: number };
    await serve((_request, response) =>
      response.end(JSON.stringify({ listener: { host: '127.0.0.1', port } })),
    );
    const request = { ref, revision: 'sha256:1', path: '/', timeoutMs: 100 };
    expect(await createEmbeddedRouter({ socketPath }).smoke(request, signal)).toEqual({
      status: null,
      problem: 'no answer within 100 ms',
    });
    front.closeAllConnections();
    front.close();
  });
});

function get() {
  return createPlatformClient(socketPath).read('/v1/platform', signal);
}

async function serve(listener: RequestListener): Promise<void> {
  server = createServer(listener).listen(socketPath);
  await once(server, 'listening');
}

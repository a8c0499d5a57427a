import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactFiles, homeLayout } from '../../src/domain/home-layout';
import type { LogsAnswer, MetricsWindow } from '../../src/platform/admin-api';
import { answerOf } from '../support/http-answer';
import { fleetBody, type PlatformClient } from '../support/platform-client';
import { digest, PlatformProcess } from '../support/platform-process';
import { pause, until } from '../support/until';

const APP = digest('5');
const RESTART_AFTER_MS = 2_000;
const NO_CHECKS: HealthChecks = { passed: 0, failed: 0 };
let revisions = 0;

interface HealthChecks {
  readonly passed: number;
  readonly failed: number;
}

describe('instances under the platform', () => {
  let platform: PlatformProcess;
  let client: PlatformClient;
  let port: number;
  let revision: string;

  beforeAll(async () => {
    platform = await PlatformProcess.start([
      ...['--log-max-bytes', '20000'],
      ...['--restart-unhealthy-after-ms', String(RESTART_AFTER_MS)],
    ]);
    client = platform.client();
    platform.store(APP);
    await client.claim();
    port = await client.listen();
  });

  beforeEach(() => {
    revisions += 1;
    revision = `sha256:${revisions.toString(16).padStart(4, '0').padEnd(64, '0')}`;
  });

  afterEach(async () => {
    await client.weights({});
    for (const fleet of (await client.view()).fleets) await client.retire(fleet.revision, 0);
  });

  afterAll(() => platform.stop());

  function ask(path: string): ReturnType<typeof answerOf> {
    return answerOf({ port, path, headers: { 'x-belay-route': revision } });
  }

  test('a process gets its port, its names, its values and secrets, and nothing else of ours', async () => {
    const folder = `${homeLayout(platform.home).secrets}/shop/test`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'API_KEY'), 'hush\n', { mode: 0o600 });
    await client.fleet(revision, {
      artifact: APP,
      command: ['node', 'server.js', '--listen=${PORT}', '$HOME; echo'],
      env: { GREETING: 'hello' },
      secrets: ['API_KEY'],
    });
    const [instance] = (await client.healthy(revision, 1)).instances;
    const env = JSON.parse((await ask('/env')).body) as Record<string, string>;
    const { PATH, HOME, LANG, TZ, ...rest } = env;
    expect(PATH).toBe(process.env['PATH']);
    expect([HOME, LANG, TZ]).toEqual([process.env['HOME'], process.env['LANG'], process.env['TZ']]);
    expect(rest).toEqual({
      PORT: String(instance?.port),
      GREETING: 'hello',
      API_KEY: 'hush',
      BELAY_INSTANCE_ID: instance?.id,
      BELAY_REVISION: revision,
      BELAY_SERVICE: 'shop',
      BELAY_ENVIRONMENT: 'test',
    });
    expect(JSON.parse((await ask('/argv')).body)).toEqual([
      `--listen=${instance?.port}`,
      '$HOME; echo',
    ]);
    const written = readFileSync(homeLayout(platform.home).platformState, 'utf8');
    expect(written + JSON.stringify(platform.journal())).not.toContain('hush');
  });

  test("each instance leads its own process group and runs in the artifact's folder", async () => {
    await client.fleet(revision, { artifact: APP });
    const { instances } = await client.healthy(revision, 1);
    const pid = instances[0]?.pid ?? 0;
    expect(process.kill(-pid, 0)).toBe(true);
    expect(readdirSync(artifactFiles(platform.home, APP))).toEqual(['server.js']);
  });

  test('a command that does not exist shows up as crashed with the reason', async () => {
    await client.fleet(revision, { artifact: APP, command: ['no-such-program-here', 'x'] });
    const fleet = await client.fleetUntil(
      revision,
      ({ instances }) => (instances[0]?.restarts ?? 0) >= 2,
    );
    expect(fleet).toMatchObject({ size: 1, healthy: 0 });
    expect(fleet.instances[0]?.lastExit).toBe('spawn no-such-program-here ENOENT');
    const crashed = await client.fleetUntil(
      revision,
      ({ instances }) => instances[0]?.state === 'crashed',
    );
    expect(crashed.instances[0]).toMatchObject({
      pid: null,
      restartAtMs: expect.any(Number) as number,
    });
  });

  test('a command that exits is started again, ever later, and its last lines tell why', async () => {
    await client.fleet(revision, { artifact: APP, env: { EXIT_AFTER_MS: '1' } });
    const fleet = await client.fleetUntil(
      revision,
      ({ instances: [instance] }) => instance?.state === 'crashed' && instance.restarts >= 2,
    );
    expect(fleet.instances[0]?.lastExit).toBe('exit code 3');
    expect(fleet.lastLines).toContain('giving up');
    const starts = platform
      .journal()
      .filter(({ kind, instance }) => kind === 'spawn' && instance === fleet.instances[0]?.id);
    expect(starts.slice(0, 3).map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    const [first = 0, second = 0, third = 0] = starts.map(({ ms }) => ms as number);
    expect(second - first).toBeGreaterThanOrEqual(100);
    expect(third - second).toBeGreaterThanOrEqual(200);
  });

  test('an instance that never gets healthy gets no weight', async () => {
    await client.fleet(revision, { artifact: APP, env: { UNHEALTHY: '1' } });
    const fleet = await client.fleetUntil(
      revision,
      ({ instances }) => instances[0]?.lastProbeError === 'answered 503',
    );
    expect(fleet.instances[0]?.state).toBe('starting');
    const refused = await client.call('PUT', '/v1/services/shop/test/weights', {
      fence: client.nextFence(),
      weights: { [revision]: 100 },
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'NO_HEALTHY_INSTANCE' } },
    });
    expect((await client.view()).traffic.commanded).toEqual({});
  });

  test('an instance that turns unhealthy loses its traffic, and gets it back', async () => {
    const breaker = join(platform.home, 'broken');
    await client.fleet(revision, { artifact: APP, env: { BREAK_FILE: breaker } });
    await client.healthy(revision, 1);
    await client.weights({ [revision]: 100 });
    writeFileSync(breaker, '');
    const broken = await client.fleetUntil(revision, ({ healthy }) => healthy === 0);
    expect(broken.instances[0]?.state).toBe('unhealthy');
    expect(await answerOf({ port, path: '/' })).toMatchObject({
      status: 503,
      router: 'no-healthy-instance',
    });
    expect((await client.view()).traffic).toMatchObject({
      commanded: { [revision]: 100 },
      observed: {},
    });
    rmSync(breaker);
    await client.healthy(revision, 1);
    expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 200 });
  });

  test('an instance that is alive and unhealthy for long is started anew, one at a time, while its revision has weight', async () => {
    const breaker = join(platform.home, 'stuck');
    const setup = { artifact: APP, env: { BREAK_FILE: breaker }, stopGraceMs: 100 };
    await client.fleet(revision, { ...setup, size: 3 });
    const before = await client.healthy(revision, 3);
    await client.weights({ [revision]: 100 });
    // Two of three hang: alive, and silent.
    const stuck = before.instances.slice(1).map(({ pid }) => pid ?? 0);
    for (const pid of stuck) process.kill(pid, 'SIGSTOP');
    await client.healthy(revision, 1);
    let fewest = 3;
    await client.fleetUntil(revision, ({ instances, healthy }) => {
      fewest = Math.min(fewest, instances.filter(({ pid }) => pid !== null).length);
      return healthy === 3;
    });
    expect(fewest).toBeGreaterThanOrEqual(2);
    const after = await client.fleetView(revision);
    const ids = before.instances.map(({ id }) => id);
    expect(after.instances.map(({ id }) => id)).toEqual(ids);
    expect(after.instances.map(({ restarts }) => restarts)).toEqual([0, 1, 1]);
    expect(after.instances[0]?.pid).toBe(before.instances[0]?.pid);
    const lines = platform.journal().filter(({ instance }) => ids.includes(String(instance)));
    const restarts = lines.filter(({ kind }) => kind === 'restart');
    // Whose check fails first is chance.
    expect(restarts).toHaveLength(stuck.length);
    expect(new Set(restarts.map(({ pid }) => pid))).toEqual(new Set(stuck));
    expect(restarts[0]?.['detail']).toMatch(/no answer/);
    const spawned = lines.filter(({ kind, attempt }) => kind === 'spawned' && attempt === 1);
    expect(Number(restarts[1]?.['ms'])).toBeGreaterThanOrEqual(Number(spawned[0]?.['ms']));
  });

  test('an unhealthy instance without weight is left alone', async () => {
    const breaker = join(platform.home, 'idle');
    await client.fleet(revision, { artifact: APP, env: { BREAK_FILE: breaker } });
    const [before] = (await client.healthy(revision, 1)).instances;
    writeFileSync(breaker, '');
    await client.healthy(revision, 0);
    await pause(RESTART_AFTER_MS + 1_500);
    rmSync(breaker);
    const [after] = (await client.healthy(revision, 1)).instances;
    expect(after?.pid).toBe(before?.pid);
  });

  test('availability: checks are counted from the first pass on, and fail while the process is down', async () => {
    const artifact = platform.store(digest('6'));
    const from = Date.now();
    const checksIn = (windows: readonly MetricsWindow[]): readonly HealthChecks[] =>
      windows.map((window) => window.revisions[revision]?.healthChecks ?? NO_CHECKS);
    const sum = (windows: readonly MetricsWindow[], result: keyof HealthChecks): number =>
      checksIn(windows).reduce((total, each) => total + each[result], 0);
    await client.fleet(revision, { artifact });
    await client.healthy(revision, 1);
    await client.weights({ [revision]: 100 });
    await client.windowsUntil(from, (windows) => sum(windows, 'passed') >= 2);
    const { instances } = await client.fleetView(revision);
    rmSync(join(artifactFiles(platform.home, artifact), 'server.js'));
    process.kill(instances[0]?.pid ?? 0, 'SIGKILL');
    const windows = await client.windowsUntil(from, (all) => sum(all, 'failed') >= 3);
    // Once per interval of 250 ms, however eagerly a new start is probed.
    for (const { passed, failed } of checksIn(windows)) {
      expect(passed + failed).toBeLessThanOrEqual(5);
    }
  });

  test('order rules: what has weight is not drained, retired or shrunk to nothing', async () => {
    await client.fleet(revision, { artifact: APP });
    await client.healthy(revision, 1);
    await client.weights({ [revision]: 100 });
    const service = '/v1/services/shop/test';
    const fence = client.nextFence();
    const refusal = { status: 409, body: { error: { code: 'HAS_WEIGHT' } } };
    const path = `${service}/fleets/${revision}`;
    expect(await client.call('POST', `${path}/drain`, { fence, timeoutMs: 1 })).toMatchObject(
      refusal,
    );
    expect(await client.call('DELETE', path, { fence, drainMs: 1 })).toMatchObject(refusal);
    const empty = fleetBody({ artifact: APP, size: 0 }, fence);
    expect(await client.call('PUT', path, empty)).toMatchObject(refusal);
    expect(await client.fleetView(revision)).toMatchObject({ size: 1, healthy: 1 });
  });

  test.each([
    {
      name: 'an artifact that is not stored',
      change: { artifact: digest('e') },
      code: 'ARTIFACT_MISSING',
    },
    {
      name: 'a secret that is not there',
      change: { secrets: ['NOT_THERE'] },
      code: 'SECRET_MISSING',
    },
    { name: 'a secret that names a path', change: { secrets: ['../x'] }, code: 'BAD_REQUEST' },
    { name: 'an empty command', change: { command: [] }, code: 'BAD_REQUEST' },
    { name: 'a health path that is none', change: { health: { path: 'x' } }, code: 'BAD_REQUEST' },
  ])('$name is refused before anything starts', async ({ change, code }) => {
    const body = { ...fleetBody({ artifact: APP }, client.nextFence()), ...change };
    const refused = await client.call('PUT', `/v1/services/shop/test/fleets/${revision}`, body);
    expect(refused.body.error?.code).toBe(code);
    expect((await client.view()).fleets).toEqual([]);
  });

  test('a revision never changes the way it runs', async () => {
    await client.fleet(revision, { artifact: APP });
    const other = fleetBody({ artifact: APP, env: { OTHER: '1' } }, client.nextFence());
    expect(
      await client.call('PUT', `/v1/services/shop/test/fleets/${revision}`, other),
    ).toMatchObject({
      status: 400,
    });
  });

  test('a port that is taken is said, and the listener stays', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const taken = (server.address() as AddressInfo).port;
    const body = { fence: client.nextFence(), port: taken };
    expect(await client.call('PUT', '/v1/services/shop/test/listener', body)).toMatchObject({
      status: 409,
      body: { error: { code: 'PORT_TAKEN' } },
    });
    server.close();
    expect((await client.view()).listener).toEqual({ host: '127.0.0.1', port });
    expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 503, router: 'no-weight' });
  });

  test.each([
    ['GET', '/v1/services/shop/other', undefined, 404],
    ['GET', '/v1/nothing', undefined, 404],
    ['GET', '/elsewhere', undefined, 404],
    ['PUT', '/v1/services/shop/test/weights', { weights: {} }, 400],
    ['POST', '/v1/services/..%2Fx/test/claim', { deploymentId: 'd', runId: 'r', after: 0 }, 400],
    ['POST', '/v1/services/.x/test/claim', { deploymentId: 'd', runId: 'r', after: 0 }, 400],
    ['PUT', '/v1/services/shop/test/fleets/sha256:short', {}, 400],
    ['GET', '/v1/services/shop/test/metrics?from=x', undefined, 400],
  ])(
    '%s %s with a wrong address or body is answered, not obeyed',
    async (...[method, path, body, status]) => {
      const answer = await client.call(method, path, body);
      expect(answer.status).toBe(status);
      expect(answer.body.error?.message).not.toBe('');
    },
  );

  test.each([
    [{ [digest('1')]: 50 }],
    [{ [digest('1')]: 150, [digest('2')]: -50 }],
    [{ [digest('1')]: 99.5, [digest('2')]: 0.5 }],
    [{ stable: 100 }],
  ])(
    'weights that are not whole percent of digests in sum 100 are refused: %j',
    async (weights) => {
      const body = { fence: client.nextFence(), weights };
      const answer = await client.call('PUT', '/v1/services/shop/test/weights', body);
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BAD_REQUEST' } } });
    },
  );

  test('a refused first claim leaves no service behind', async () => {
    const body = { deploymentId: 'd', runId: 'r', after: 3 };
    const refused = await client.call('POST', '/v1/services/late/test/claim', body);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'FENCED' } } });
    expect((await client.call('GET', '/v1/services/late/test')).status).toBe(404);
  });

  test('what it writes is kept in a file that is rotated by size, and given out', async () => {
    await client.fleet(revision, { artifact: APP, env: { CHATTY: '5000' } });
    const { instances } = await client.healthy(revision, 1);
    const logs = await client.ok<LogsAnswer>('GET', `/fleets/${revision}/logs?lines=3`);
    expect(logs.lines).toHaveLength(3);
    expect(logs.lines[0]?.instance).toBe(instances[0]?.id);
    const folder = join(platform.home, 'platform/logs/shop/test', revision.slice(7, 19));
    const log = join(folder, `${instances[0]?.id}.log`);
    await until(() => statSync(log).size <= 20_000, 30_000);
    expect(statSync(`${log}.1`).size).toBeGreaterThan(20_000);
    const rotated = await client.ok<LogsAnswer>('GET', `/fleets/${revision}/logs?lines=3`);
    expect(rotated.lines).toEqual(logs.lines);
    await ask('/say?line=after');
    // Where it was rotated while it was written, the rest of the lines comes first; nothing else, and no hole.
    expect(readFileSync(log, 'utf8')).toMatch(/^(line \d+\n)*(listening on \d+\n)?after\n$/);
    await client.retire(revision, 0);
    const kept = await client.ok<LogsAnswer>('GET', `/fleets/${revision}/logs?lines=1`);
    expect(kept.lines).toEqual([{ instance: instances[0]?.id, line: 'after' }]);
  });
});

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Pool } from 'undici';
import { createPrometheusSource } from '../../src/adapters/metrics/prometheus/prometheus-source';
import type { NamedMetric } from '../../src/domain/analysis/criterion';
import type { ReadingSource } from '../../src/ports/reading-source';
import { freePort } from '../support/free-port';
import { answerOf } from '../support/http-answer';
import { describeWith, PROMETHEUS } from '../support/optional-peer';
import { PlatformHere } from '../support/platform-here';
import { PrometheusProcess } from '../support/prometheus-process';
import { readExposition, type Exposed } from '../support/read-exposition';
import { prometheusSpec } from '../support/reading-specs';
import { pause } from '../support/until';

const STABLE = `sha256:${'1'.repeat(64)}`;
const OTHER = `sha256:${'2'.repeat(64)}`;
const LABELS = { service: 'shop', environment: 'test', revision: STABLE };
const SUCCESS: NamedMetric = 'custom_success_rate';
const ref = { service: 'shop', environment: 'test' };
const LOOPBACK = { host: '127.0.0.1', port: 0 };
const SOON_MS = 10_000;
let platform: PlatformHere;
let port: number;

beforeAll(async () => {
  platform = await PlatformHere.open({ metrics: LOOPBACK });
  port = await platform.serve([STABLE]);
});
afterAll(() => platform.close());

async function metricsPort(): Promise<number> {
  return (await platform.client.platform()).metrics?.port ?? 0;
}

async function scrape(): Promise<Exposed> {
  const { body } = await answerOf({ port: await metricsPort(), path: '/metrics' });
  return readExposition(body);
}

async function get(path: string, headers: Record<string, string> = {}): Promise<number> {
  return (await answerOf({ port, path, headers })).status;
}

function requests(exposed: Exposed): number {
  return exposed.samples
    .filter(
      ({ name, labels }) => name === 'belay_router_requests_total' && labels['revision'] === STABLE,
    )
    .reduce((sum, { value }) => sum + value, 0);
}

test('each request of a user counts once, and one on the header route never', async () => {
  const before = requests(await scrape());
  for (let n = 0; n < 10; n += 1) expect(await get('/')).toBe(200);
  for (let n = 0; n < 7; n += 1) expect(await get('/', { 'x-belay-route': STABLE })).toBe(200);
  const deadline = performance.now() + SOON_MS;
  while (requests(await scrape()) < before + 10 && performance.now() < deadline) await pause(50);
  const exposed = await scrape();
  expect(requests(exposed)).toBe(before + 10);
  expect(exposed.value('belay_router_request_duration_seconds_count', LABELS)).toBe(before + 10);
  expect(exposed.value('belay_router_weight_observed_ratio', LABELS)).toBe(1);
  expect(exposed.value('belay_instances', { ...LABELS, state: 'healthy' })).toBe(1);
  expect(
    exposed.value('belay_health_checks_total', { ...LABELS, result: 'passed' }),
  ).toBeGreaterThan(0);
});

test('the admin socket has the same', async () => {
  const pool = new Pool('http://platform', { socketPath: platform.socketPath });
  const { statusCode, headers, body } = await pool.request({ path: '/metrics', method: 'GET' });
  expect([statusCode, headers['content-type']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  const { families } = readExposition(await body.text());
  expect([...families.keys()]).toEqual([...(await scrape()).families.keys()]);
  await pool.destroy();
});

test('its port has nothing but /metrics, and nothing that changes anything', async () => {
  const at = await metricsPort();
  expect(await answerOf({ port: at, path: '/v1/platform' })).toMatchObject({ status: 404 });
  expect(await answerOf({ port: at, path: '/metrics', method: 'POST' })).toMatchObject({
    status: 405,
  });
  expect(await answerOf({ port: at, path: '/metrics', method: 'HEAD' })).toMatchObject({
    body: '',
  });
});

test('a port that is taken keeps no service from being served, and is had once it is free', async () => {
  const holder = createServer().listen(await freePort(), '127.0.0.1');
  await once(holder, 'listening');
  const taken = holder.address() as { port: number };
  const other = await PlatformHere.open({ metrics: { host: '127.0.0.1', port: taken.port } });
  expect(await other.client.platform()).toMatchObject({ metrics: null });
  holder.close();
  const deadline = performance.now() + SOON_MS;
  const isServed = async (): Promise<boolean> => (await other.client.platform()).metrics !== null;
  while (!(await isServed()) && performance.now() < deadline) await pause(100);
  expect(await answerOf({ port: taken.port, path: '/metrics' })).toMatchObject({ status: 200 });
  await other.close();
});

describeWith(PROMETHEUS, 'a real Prometheus that scrapes the platform', () => {
  let prometheus: PrometheusProcess;

  beforeAll(async () => {
    prometheus = await PrometheusProcess.start({ scrapes: [`127.0.0.1:${await metricsPort()}`] });
  });
  afterAll(() => prometheus.stop());

  test('finds nothing wrong with its format, nor does promtool with its names', async () => {
    const { body } = await answerOf({ port: await metricsPort(), path: '/metrics' });
    const [code, output] = await new Promise<[number, string]>((resolve) => {
      const child = execFile('promtool', ['check', 'metrics'], (error, stdout, stderr) =>
        resolve([error === null ? 0 : 1, `${stdout}${stderr}`]),
      );
      child.stdin?.end(body);
    });
    expect([code, output]).toEqual([0, '']);
  });

  test('gives back as readings what the router counted of one revision', async () => {
    const source = open(4_000);
    const endMs = Date.now() + 14_000;
    let sent = 0;
    const startMs = Date.now();
    while (Date.now() < endMs - 4_000) {
      await get('/');
      sent += 1;
      await pause(40);
    }
    const perSecond = (sent * 1_000) / (Date.now() - startMs);
    await pause(endMs - Date.now());
    const { signal } = new AbortController();
    const query = {
      ref,
      revisions: [STABLE, OTHER],
      metrics: [SUCCESS],
      fromMs: startMs,
      toMs: endMs,
    };
    const readings = await source.readings(query, signal);
    expect(readings.length).toBeGreaterThan(0);
    for (const { revisions, missing } of readings) {
      expect(missing).toBeUndefined();
      expect(Object.keys(revisions)).toEqual([STABLE]);
    }
    // The first and the last may hold the begin and the end of the requests: a counter grows from its first scrape on.
    const samples = readings.flatMap(({ revisions }) => {
      const sample = revisions[STABLE]?.[SUCCESS];
      return sample?.kind === 'ratio' ? [sample] : [];
    });
    const [sample] = samples.sort((one, other) => other.of - one.of);
    if (sample === undefined) throw new Error('no ratio');
    expect(sample.events).toBeCloseTo(sample.of, 6);
    expect(sample.of / 4 / perSecond).toBeGreaterThan(0.5);
    expect(sample.of / 4 / perSecond).toBeLessThan(2);
    expect(await check(source)).toEqual([]);
  });

  test('says at planning which metric, label or window it lacks', async () => {
    const requests = (labels: string): string => `sum(increase(belay_router_${labels}[$window]))`;
    const said = async (value: string, resolutionMs = 4_000): Promise<string> =>
      (await check(open(resolutionMs, value))).join('\n');
    expect(await said(requests('request_total{revision="$revision"}'))).toMatch(
      /has no metric belay_router_request_total; did you mean belay_router_requests_total\?/,
    );
    expect(await said(requests('requests_total{version="$revision"}'))).toMatch(
      /no label version, only .*revision.*BELAY_REVISION/,
    );
    expect(await said(requests('requests_total{environment="$revision"}'))).toMatch(
      /no series of belay_router_requests_total has environment="sha256:1+"\. Its values are test;/,
    );
    expect(await said(requests('requests_total{revision="$revision"}'), 1_000)).toMatch(
      /windows of 1 s are too short/,
    );
    expect(await said(requests('requests_total{revision="$revision"'))).toMatch(
      /cannot answer .*parse error/,
    );
    expect(await said('belay_router_requests_total{revision="$revision"}')).toMatch(/sum\(…\)/);
  });

  function open(resolutionMs: number, value?: string): ReadingSource {
    const series = 'belay_router_requests_total{service="$service",revision="$revision"';
    const metric =
      value === undefined
        ? {
            form: 'ratio' as const,
            events: `sum(increase(${series},status="2xx"}[$window]))`,
            of: `sum(increase(${series}}[\${window}]))`,
          }
        : { form: 'value' as const, value };
    const metrics = {
      [SUCCESS]: { unit: 'percent' as const, badWhen: 'below' as const, ...metric },
    };
    const spec = prometheusSpec(prometheus.url, { resolutionMs, lagMs: 1_500, metrics });
    return createPrometheusSource(spec, { secret: () => Promise.resolve(null) });
  }

  function check(source: ReadingSource): Promise<readonly string[]> {
    const { signal } = new AbortController();
    return source.check({ ref, stable: STABLE, metrics: [SUCCESS] }, signal);
  }
});

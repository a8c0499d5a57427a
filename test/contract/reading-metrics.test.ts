import { createHttpJsonSource } from '../../src/adapters/metrics/http-json/http-json-source';
import { createMemoryReadings } from '../../src/adapters/metrics/memory-readings';
import { createPrometheusSource } from '../../src/adapters/metrics/prometheus/prometheus-source';
import { promRange } from '../support/fake-prometheus';
import { freePort } from '../support/free-port';
import { sendJson, startJsonServer, type JsonServer, type Respond } from '../support/json-server';
import { describeWith, PROMETHEUS } from '../support/optional-peer';
import { PrometheusProcess } from '../support/prometheus-process';
import { httpJsonSpec, prometheusSpec } from '../support/reading-specs';
import {
  describeReadingSource,
  RESOLUTION_MS,
  type Seen,
  type SourceUnderTest,
} from './reading-source.contract';

const FIRST = 150_000_000;
const secret = () => Promise.resolve(null);
let servers: JsonServer[] = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function serve(respond: Respond): Promise<string> {
  const server = await startJsonServer(respond);
  servers.push(server);
  return server.url;
}

async function nowhere(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}

describeReadingSource('memory', (): SourceUnderTest => {
  const spec = httpJsonSpec('http://127.0.0.1');
  return {
    first: FIRST,
    open: async ({ seen, nowMs }) =>
      createMemoryReadings({
        spec,
        now: () => nowMs,
        sight: (revision, metric, { number }) =>
          find(seen, { revision, metric, number })?.sample ?? null,
      }),
    openAway: async () =>
      createMemoryReadings({
        spec,
        now: () => FIRST * RESOLUTION_MS,
        sight: () => null,
        isAway: () => true,
      }),
  };
});

describeReadingSource('Prometheus, played by a server', (): SourceUnderTest => {
  const open = (url: string, nowMs: number) =>
    createPrometheusSource(prometheusSpec(url), { secret, now: () => nowMs });
  return {
    first: FIRST,
    open: async ({ seen, nowMs }) => open(await serve(promRange(evaluateIn(seen))), nowMs),
    openAway: async () => open(await nowhere(), (FIRST + 8) * RESOLUTION_MS),
  };
});

describeReadingSource('an endpoint that answers windows', (): SourceUnderTest => ({
  first: FIRST,
  open: async ({ seen, nowMs }) =>
    createHttpJsonSource(httpJsonSpec(await serve(windowsOf(seen))), { secret, now: () => nowMs }),
  openAway: async () =>
    createHttpJsonSource(httpJsonSpec(await nowhere()), {
      secret,
      now: () => (FIRST + 8) * RESOLUTION_MS,
    }),
}));

describeWith(PROMETHEUS, 'a real Prometheus', () => {
  // An hour ago: its database takes no samples of the future, and looks at labels of that time.
  const first = Math.floor((Date.now() - 3_600_000) / RESOLUTION_MS);
  let running: PrometheusProcess[] = [];

  afterEach(async () => {
    await Promise.all(running.map((one) => one.stop()));
    running = [];
  });

  describeReadingSource('a real Prometheus', (): SourceUnderTest => {
    const open = (url: string, nowMs: number) =>
      createPrometheusSource(prometheusSpec(url), { secret, now: () => nowMs });
    return {
      first,
      open: async ({ seen, nowMs }) => {
        const prometheus = await PrometheusProcess.start({ past: openMetrics(seen) });
        running.push(prometheus);
        return open(prometheus.url, nowMs);
      },
      openAway: async () => open(await nowhere(), (first + 8) * RESOLUTION_MS),
    };
  });
});

function find(
  seen: readonly Seen[],
  wanted: { readonly revision: string; readonly metric: string; readonly number: number },
): Seen | undefined {
  return seen.find(
    ({ revision, metric, number }) =>
      revision === wanted.revision && metric === wanted.metric && number === wanted.number,
  );
}

/** Knows the three queries of the contract, and nothing else. */
function evaluateIn(seen: readonly Seen[]): (query: string, at: number) => number | undefined {
  return (query, atSeconds) => {
    const [, series, revision = '', window] =
      /(\w+)\{revision="(sha256:\w+)"\}\[(\w+)\]/.exec(query) ?? [];
    if (window !== '10s') throw new Error(`a window that is not $window: ${query}`);
    const number = Math.round((atSeconds * 1_000) / RESOLUTION_MS) - 1;
    const metric = series === 'queue_length' ? 'custom_queue_length' : 'business_metric_conversion';
    const sample = find(seen, { revision, metric, number })?.sample;
    if (sample === undefined) return undefined;
    if (sample.kind === 'value') return sample.value;
    return series === 'orders_total' ? sample.events : sample.of;
  };
}

/** As the example in docs/monitoring.md does it, newest first. */
function windowsOf(seen: readonly Seen[]): Respond {
  return (url, { response }) => {
    const from = Number(url.searchParams.get('from'));
    const to = Number(url.searchParams.get('to'));
    const windows = seen
      .filter(({ revision }) => revision === url.searchParams.get('revision'))
      .filter(({ number }) => number * RESOLUTION_MS >= from && number * RESOLUTION_MS < to)
      .map(({ number, metric, sample }) => {
        const { kind: _, ...figures } = sample;
        return { from: number * RESOLUTION_MS, metrics: { [metric]: figures } };
      });
    sendJson(response, { schemaVersion: 1, windows: windows.reverse() });
  };
}

/** Far from zero, towards which Prometheus does not extrapolate. */
const COUNTER_START = 1_000_000;
/** Inside of each window, at even distances and half of that from its ends: what Prometheus extrapolates is exact. */
const POINTS = [1, 3, 5, 7];

/** Counters that grow evenly through each window that was seen, and gauges that stand still in it. */
function openMetrics(seen: readonly Seen[]): string {
  const lines = new Map<string, string[]>();
  const totals = new Map<string, number>();
  const write = (series: string, line: string): void => {
    lines.set(series, [...(lines.get(series) ?? []), line]);
  };
  for (const { revision, number, sample } of [...seen].sort((a, b) => a.number - b.number)) {
    const labels = `{revision="${revision}"}`;
    const figures =
      sample.kind === 'value'
        ? { queue_length: sample.value }
        : { orders_total: sample.events, visits_total: sample.of };
    for (const [series, figure] of Object.entries(figures)) {
      const total = totals.get(`${series}${labels}`) ?? COUNTER_START;
      for (const point of POINTS) {
        const atSeconds = ((number + point / 8) * RESOLUTION_MS) / 1_000;
        const value = series === 'queue_length' ? figure : total + (figure * point) / 8;
        write(series, `${series}${labels} ${value} ${atSeconds}`);
      }
      totals.set(`${series}${labels}`, total + figure);
    }
  }
  const families = [...lines].map(([series, samples]) => {
    const family = series.replace(/_total$/, '');
    const type = family === series ? 'gauge' : 'counter';
    return `# TYPE ${family} ${type}\n${samples.join('\n')}\n`;
  });
  return `${families.join('')}# EOF\n`;
}

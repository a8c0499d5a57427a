import { createHttpJsonSource } from '../../src/adapters/metrics/http-json/http-json-source';
import { createPrometheusSource } from '../../src/adapters/metrics/prometheus/prometheus-source';
import { BelayError } from '../../src/domain/errors';
import type { ReadingSource, RevisionReading } from '../../src/ports/reading-source';
import { matrix, promRange } from '../support/fake-prometheus';
import { sendJson, startJsonServer, type JsonServer, type Respond } from '../support/json-server';
import { httpJsonSpec, prometheusSpec } from '../support/reading-specs';
import { CONVERSION, LAG_MS, QUEUE, REF, RESOLUTION_MS, STABLE } from './reading-source.contract';

const FIRST = 150_000_000;
const START_MS = FIRST * RESOLUTION_MS;
const nowMs = START_MS + 3 * RESOLUTION_MS + LAG_MS;
/** Put together here, so that no scanner takes it for somebody's. */
const TOKEN = ['tok', 'en', '-', 'of', '-', 'a', '-', 'test'].join('');
let server: JsonServer;
let secretValue: string | null = null;

beforeEach(async () => {
  secretValue = null;
  server = await startJsonServer((_url, { response }) => response.end());
});
afterEach(() => server.close());

const secret = () => Promise.resolve(secretValue);
const now = () => nowMs;
type Kind = 'Prometheus' | 'an endpoint';

function open(kind: Kind, more: { timeoutMs?: number; bearerSecret?: string } = {}): ReadingSource {
  return kind === 'Prometheus'
    ? createPrometheusSource(prometheusSpec(server.url, more), { secret, now })
    : createHttpJsonSource(httpJsonSpec(server.url, more), { secret, now });
}

function read(source: ReadingSource, metrics = [CONVERSION]): Promise<readonly RevisionReading[]> {
  const query = { ref: REF, revisions: [STABLE], metrics, fromMs: START_MS, toMs: nowMs };
  return source.readings(query, new AbortController().signal);
}

async function refusal(source: ReadingSource): Promise<BelayError> {
  const thrown: unknown = await read(source).catch((error: unknown) => error);
  if (!(thrown instanceof BelayError)) throw new Error(`no refusal but ${JSON.stringify(thrown)}`);
  expect(thrown).toMatchObject({ code: 'METRICS_UNAVAILABLE', retryable: true });
  expect(thrown.message).toMatch(/^The metric source numbers \(http:\/\/127\.0\.0\.1:\d+\) /);
  expect(thrown.message).toContain('weights stay as they are');
  expect(thrown.message).not.toMatch(/\p{Cc}/u);
  expect(thrown.message.length).toBeLessThan(500);
  return thrown;
}

function check(source: ReadingSource, metrics = [CONVERSION]): Promise<readonly string[]> {
  return source.check({ ref: REF, stable: STABLE, metrics }, new AbortController().signal);
}

describe.each<Kind>(['Prometheus', 'an endpoint'])('%s that is not as it should be', (kind) => {
  const answers: readonly (readonly [how: string, respond: Respond, what: RegExp])[] = [
    [
      'answers HTML',
      (_url, { response }) => response.end('<!DOCTYPE html><h1>Log in</h1>'),
      /a web page \(HTML\)/,
    ],
    ['answers nothing', (_url, { response }) => response.end(), /answered nothing/],
    [
      'answers NaN without quotes',
      (_url, { response }) => response.end('{"windows": [{"from": NaN}]}'),
      /NaN or Infinity, which JSON does not have/,
    ],
    [
      'answers half of its JSON',
      (_url, { response }) => response.end('{"status": "success", "data": {'),
      /not JSON/,
    ],
    ['answers a number', (_url, { response }) => sendJson(response, 5), /JSON that is not/],
    ['answers null', (_url, { response }) => sendJson(response, null), /JSON that is not/],
    [
      'breaks off in the middle',
      (_url, { response }) => {
        response.writeHead(200, { 'content-length': 1_000 });
        response.write('{"windows": [', () => response.destroy());
      },
      /broke off/,
    ],
    [
      'never ends',
      (_url, { response }) => {
        const chunk = Buffer.alloc(256 * 1024, ' ');
        const more = (): void => {
          while (!response.destroyed && response.write(chunk));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
      /sent more than 4 MB/,
    ],
    [
      'sends elsewhere',
      (_url, { response }) => response.writeHead(302, { location: `${server.url}/other` }).end(),
      /302 and sends elsewhere, which is not followed/,
    ],
    ['asks for a log-in', (_url, { response }) => response.writeHead(401).end(), /refused access/],
    ['has another path', (_url, { response }) => response.writeHead(404).end(), /404/],
    ['is down', (_url, { response }) => response.writeHead(503).end('busy'), /answered 503/],
    ['hangs up', (_url, { response }) => response.destroy(), /broke off/],
  ];

  test.each(answers)(
    'and that %s is a clear error, and one sentence of its check',
    async (...on) => {
      const [, respond, what] = on;
      server.respond = respond;
      expect((await refusal(open(kind))).message).toMatch(what);
      const sentences = await check(open(kind));
      expect(sentences).toHaveLength(1);
      expect(sentences[0]).toMatch(what);
      expect(server.asked.map(({ url }) => url.pathname)).not.toContain('/other');
    },
  );

  test('and that hangs is given up after its timeout, at the headers and in the middle', async () => {
    server.respond = () => undefined;
    const source = open(kind, { timeoutMs: 200 });
    expect((await refusal(source)).message).toMatch(/did not answer within 200 ms/);
    expect(await check(source)).toEqual([expect.stringMatching(/within 200 ms/)]);
    server.respond = (_url, { response }) => {
      response.writeHead(200);
      response.write('{');
    };
    expect((await refusal(source)).message).toMatch(/within 200 ms/);
  });

  test('gets its bearer secret, which no error repeats', async () => {
    secretValue = TOKEN;
    server.respond = (_url, { response }) =>
      sendJson(response, { status: 'error', error: `bad token\n${TOKEN}\u0007` }, 500);
    const error = await refusal(open(kind, { bearerSecret: 'METRICS_TOKEN' }));
    expect(server.asked[0]?.authorization).toBe(`Bearer ${TOKEN}`);
    expect(`${error.message}${JSON.stringify(error)}${error.stack}`).not.toContain(TOKEN);
  });

  test('is not asked without its secret, and the secret is named', async () => {
    const source = open(kind, { bearerSecret: 'METRICS_TOKEN' });
    expect((await refusal(source)).message).toContain('METRICS_TOKEN');
    secretValue = `two ${TOKEN}`;
    const error = await refusal(source);
    expect(error.message).toContain('cannot be sent in a header');
    expect(error.message).not.toContain(TOKEN);
    expect(server.asked).toEqual([]);
  });
});

describe('Prometheus whose values are no counts', () => {
  const isOrders = (query: string): boolean => query.includes('orders_total');

  test.each([
    ['NaN', NaN, /`events` is not a number/],
    ['infinite', Infinity, /`events` is infinite/],
    ['minus infinite', -Infinity, /`events` is minus infinite/],
    ['negative', -3, /`events` is negative/],
  ])('%s events are absent, with the reason', async (_name, events, reason) => {
    server.respond = promRange((query) => (isOrders(query) ? events : 100));
    const readings = await read(open('Prometheus'));
    expect(readings).toHaveLength(3);
    for (const { revisions, missing } of readings) {
      expect(revisions).toEqual({});
      expect(missing).toEqual([
        { revision: STABLE, metric: CONVERSION, reason: expect.stringMatching(reason) as string },
      ]);
    }
  });

  test('events that nobody counted are not zero, whatever they are out of', async () => {
    server.respond = promRange((query) => (isOrders(query) ? undefined : 100));
    const [reading] = await read(open('Prometheus'));
    expect(reading?.revisions).toEqual({});
    expect(reading?.missing?.[0]?.reason).toContain('or vector(0)');
  });

  test('several series are refused, and the way out is named', async () => {
    const series = (pod: string) => ({ metric: { pod }, values: [[nowMs / 1_000, '1']] });
    server.respond = (_url, { response }) => sendJson(response, matrix([series('a'), series('b')]));
    const [reading] = await read(open('Prometheus'), [QUEUE]);
    expect(reading?.missing?.[0]?.reason).toMatch(/2 series where one is needed: put sum\(…\)/);
    expect(await check(open('Prometheus'), [QUEUE])).toEqual([expect.stringContaining('sum(…)')]);
  });

  test('a query that it refuses leaves out its metric alone, with its words, shortened', async () => {
    const error = `parse error: ${'x'.repeat(5_000)}\u001b[31m`;
    const good = promRange(() => 4);
    server.respond = (url, exchange) => {
      if (!isOrders(url.searchParams.get('query') ?? '')) good(url, exchange);
      else sendJson(exchange.response, { status: 'error', errorType: 'bad_data', error }, 400);
    };
    const [reading] = await read(open('Prometheus'), [CONVERSION, QUEUE]);
    expect(reading?.revisions[STABLE]).toEqual({
      [QUEUE]: { kind: 'value', value: 4, samples: 1 },
    });
    expect(reading?.missing?.[0]?.reason).toMatch(/^`events`: parse error: x+…$/);
    expect(reading?.missing?.[0]?.reason.length).toBeLessThanOrEqual(200);
  });

  test('a part of the data that could not be read makes no counts', async () => {
    server.respond = (_url, { response }) =>
      sendJson(response, { ...matrix([]), warnings: ['a store is away'] });
    const [reading] = await read(open('Prometheus'));
    expect(reading?.missing?.[0]?.reason).toContain('a store is away');
    expect(reading?.missing?.[0]?.mayPass).toBe(true);
  });

  test.each([
    ['that fails on the data of the moment may be answered later', 422, { mayPass: true }],
    ['that it cannot parse never will be', 400, {}],
  ])('a query %s', async (...on) => {
    const [, status, mark] = on;
    server.respond = (_url, { response }) =>
      sendJson(response, { status: 'error', error: 'many-to-many matching' }, status);
    const [reading] = await read(open('Prometheus'));
    const reason = '`events`: many-to-many matching';
    expect(reading?.missing).toEqual([{ revision: STABLE, metric: CONVERSION, reason, ...mark }]);
  });

  test('points that nobody asked for are not taken for windows', async () => {
    const at = (ms: number) => [ms / 1_000, '1'];
    const values = [at(nowMs * 2), at(START_MS + 3), at(START_MS + RESOLUTION_MS), ['x', '1'], 5];
    server.respond = (_url, { response }) => sendJson(response, matrix([{ metric: {}, values }]));
    const readings = await read(open('Prometheus'), [QUEUE]);
    expect(readings.map(({ number }) => number)).toEqual([FIRST]);
  });
});

describe('an endpoint whose windows are not as they should be', () => {
  const windows = (...list: readonly unknown[]): Respond => {
    return (_url, { response }) => sendJson(response, { windows: list });
  };
  const window = (place: number, block: unknown): unknown => ({
    from: START_MS + place * RESOLUTION_MS,
    metrics: { [CONVERSION]: block },
  });

  test.each<[string, unknown, RegExp]>([
    ['negative', { events: -1, of: 5 }, /`events` is negative/],
    ['beyond every number', JSON.parse('{"events": 1, "of": 1e999}'), /./],
    ['a text', { events: '1', of: '5' }, /neither/],
    ['a list', [1, 2], /no object/],
    ['a value that is a text', { value: '3' }, /`value` is no number/],
    ['of negative samples', { value: 3, samples: -1 }, /`samples` is no count/],
  ])('a sample that is %s is absent, with the reason', async (_name, block, reason) => {
    server.respond = windows(window(0, block), window(1, { events: 1, of: 5 }));
    const [bad, good] = await read(open('an endpoint'));
    expect(bad?.revisions).toEqual({});
    expect(bad?.missing?.[0]?.reason).toMatch(reason);
    expect(good?.revisions[STABLE]).toEqual({ [CONVERSION]: { kind: 'ratio', events: 1, of: 5 } });
  });

  test('a window that is answered twice counts once, and not at all where the two differ', async () => {
    const one = window(0, { events: 1, of: 5 });
    const other = { from: START_MS + RESOLUTION_MS, metrics: { [CONVERSION]: { value: 1 } } };
    server.respond = windows(one, one, other, window(1, { value: 2 }));
    const readings = await read(open('an endpoint'));
    expect(readings[0]?.revisions[STABLE]).toBeDefined();
    expect(readings[1]?.missing?.[0]?.reason).toContain('twice, and differently');
  });

  test('windows out of order come in order, and those outside the question not at all', async () => {
    const good = { events: 1, of: 5 };
    server.respond = windows(...[2, 900, 0, -4, 1].map((place) => window(place, good)));
    const readings = await read(open('an endpoint'));
    expect(readings.map(({ number }) => number - FIRST)).toEqual([0, 1, 2]);
  });

  test.each<[string, unknown, RegExp]>([
    ['off the grid', { windows: [{ from: START_MS + 1, metrics: {} }] }, /no multiple of/],
    ['without a time', { windows: [{ metrics: {} }] }, /windows\[0\]\.from is no time/],
    ['without metrics', { windows: [{ from: START_MS }] }, /windows\[0\]\.metrics is no object/],
    ['that are no list', { windows: {} }, /`windows` is no list/],
    ['of another version', { schemaVersion: 2, windows: [] }, /`schemaVersion` is not 1/],
    ['under another name', { window: [] }, /neither `windows` nor `counters`/],
  ])('windows %s are a clear error', async (_name, body, what) => {
    server.respond = (_url, { response }) => sendJson(response, body);
    expect((await refusal(open('an endpoint'))).message).toMatch(what);
  });

  test('a counter that falls was started anew: that window is absent, those beside it are not', async () => {
    const counter = (place: number, events: number, of: number): unknown => ({
      at: START_MS + place * RESOLUTION_MS,
      metrics: { [CONVERSION]: { events, of } },
    });
    const counters = [
      counter(0, 10, 100),
      counter(1, 14, 140),
      counter(2, 2, 9),
      counter(3, 3, 12),
    ];
    server.respond = (_url, { response }) => sendJson(response, { counters });
    const readings = await read(open('an endpoint'));
    expect(readings.map(({ revisions }) => revisions[STABLE]?.[CONVERSION])).toEqual([
      { kind: 'ratio', events: 4, of: 40 },
      undefined,
      { kind: 'ratio', events: 1, of: 3 },
    ]);
    expect(readings[1]?.missing?.[0]?.reason).toContain('was started anew');
  });

  test('the check names what it answers in place of the metric', async () => {
    const metrics = { business_metric_convertion: { events: 1, of: 2 } };
    server.respond = windows({ from: START_MS, metrics });
    const [sentence] = await check(open('an endpoint'));
    expect(sentence).toContain('did you mean business_metric_convertion?');
    server.respond = windows();
    expect(await check(open('an endpoint'))).toEqual([
      expect.stringContaining('answers no metrics for its last 4 complete windows'),
    ]);
  });
});

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad } from '../../tools/load/load.mjs';
import { buildShop, startShop, type ShopProcess } from './shop-process';

const { out, folders } = buildShop();
const started: ShopProcess[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((shop) => shop.stop()));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

async function shop(revision: number): Promise<ShopProcess> {
  const instance = await startShop(folders[revision - 1]!);
  started.push(instance);
  return instance;
}

const order = (body: string): RequestInit => ({ method: 'POST', body });
const mugs = (quantity: number): RequestInit =>
  order(JSON.stringify({ items: [{ product: 1, quantity }] }));

test('each good revision answers every route and names itself', async () => {
  for (const revision of [1, 2, 4]) {
    const { origin } = await shop(revision);
    const answers = await Promise.all([
      fetch(`${origin}/`),
      fetch(`${origin}/products`),
      fetch(`${origin}/products/2`),
      fetch(`${origin}/orders`, mugs(1)),
      fetch(`${origin}/health`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 201, 200]);
    expect(answers.map(({ headers }) => headers.get('x-shop-revision'))).toEqual(
      Array(5).fill(String(revision)),
    );
  }
});

test('the revisions differ in catalogue, price and page', async () => {
  const seen = await Promise.all(
    [1, 2, 4].map(async (revision) => {
      const { origin } = await shop(revision);
      const { products } = (await (await fetch(`${origin}/products`)).json()) as {
        products: unknown[];
      };
      const price = (await (await fetch(`${origin}/orders`, mugs(3))).json()) as {
        totalCents: number;
      };
      const page = await (await fetch(`${origin}/`)).text();
      return [products.length, price.totalCents, /background: (#\w+)/.exec(page)?.[1]];
    }),
  );
  expect(seen).toEqual([
    [3, 3870, '#1d4ed8'],
    [4, 3483, '#15803d'],
    [5, 3973, '#7e22ce'],
  ]);
});

test('shipping is free from 50 € in revision 4', async () => {
  const { origin } = await shop(4);
  const answer = await fetch(`${origin}/orders`, mugs(5));
  expect(await answer.json()).toMatchObject({ goodsCents: 5805, shippingCents: 0 });
});

test.each([
  ['{"items":', 400],
  ['null', 422],
  ['{"items":[]}', 422],
  ['{"items":[{"product":99,"quantity":1}]}', 422],
  ['{"items":[{"product":1,"quantity":0}]}', 422],
  ['{"items":[{"product":1,"quantity":1.5}]}', 422],
  [`{"items":"${'x'.repeat(20_000)}"}`, 413],
])('the order %# is refused with its reason', async (body, status) => {
  const { origin } = await shop(1);
  expect((await fetch(`${origin}/orders`, order(body))).status).toBe(status);
});

test('an export comes row by row, with the length and the checksum that were said before', async () => {
  const { origin } = await shop(1);
  const startedAt = performance.now();
  const answer = await fetch(`${origin}/export?seconds=3`);
  const headersAfterMs = performance.now() - startedAt;
  const content = Buffer.from(await answer.arrayBuffer());
  const digest = createHash('sha256').update(content).digest('base64');
  expect(headersAfterMs).toBeLessThan(2_000);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2_990);
  expect(answer.headers.get('content-length')).toBe(String(content.length));
  expect(answer.headers.get('content-digest')).toBe(`sha-256=:${digest}:`);
});

test('an event stream numbers its events and says how many there were', async () => {
  const { origin } = await shop(1);
  const answer = await fetch(`${origin}/events?seconds=2`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(await answer.text()).toBe(
    'event: price\ndata: {"n":1}\n\nevent: price\ndata: {"n":2}\n\nevent: end\ndata: {"events":2}\n\n',
  );
});

test.each(['0', '61', '1.5', 'long'])('a long answer of %s seconds is refused', async (seconds) => {
  const { origin } = await shop(1);
  const paths = ['report', 'export', 'events'].map((name) => `${name}?seconds=${seconds}`);
  const answers = await Promise.all(paths.map((path) => fetch(`${origin}/${path}`)));
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
});

test('on SIGTERM long answers come to their end, and the log says so', async () => {
  const instance = await shop(1);
  const paths = ['report', 'export', 'events'].map((name) => `${name}?seconds=2`);
  const answers = paths.map((path) => fetch(`${instance.origin}/${path}`));
  // The report begins only at its end.
  await Promise.all(answers.slice(1));
  const exitCode = instance.stop();
  const bytes = await Promise.all(
    answers.map(async (answer) => (await (await answer).arrayBuffer()).byteLength),
  );
  expect(bytes[1]).toBe(8_192);
  expect(await exitCode).toBe(0);
  expect(instance.log().map(({ status }) => status)).toEqual([200, 200, 200]);
});

test('unknown paths are 404, known ones with another method 405', async () => {
  const { origin } = await shop(1);
  expect((await fetch(`${origin}/nothing`)).status).toBe(404);
  expect((await fetch(`${origin}/products/77`)).status).toBe(404);
  expect((await fetch(`${origin}/orders`)).status).toBe(405);
});

test('an instance logs each request under the id that the caller gave', async () => {
  const instance = await shop(1);
  await fetch(`${instance.origin}/products/1?x=1`, { headers: { 'x-request-id': 'abc-1' } });
  await fetch(`${instance.origin}/orders`, { ...order('?'), headers: { 'x-request-id': 'abc-2' } });
  await fetch(`${instance.origin}/health`);
  await instance.stop();
  expect(instance.log()).toEqual([
    expect.objectContaining({ id: 'abc-1', method: 'GET', path: '/products/1', status: 200 }),
    expect.objectContaining({ id: 'abc-2', method: 'POST', path: '/orders', status: 400 }),
  ]);
});

test('revision 3 fails 8 % of 2 000 requests, spread, and stays healthy meanwhile', async () => {
  const instance = await shop(3);
  const load = startLoad({ origin: instance.origin, ratePerSecond: 500, requests: 2000 });
  await sleep(1000);
  const health = await fetch(`${instance.origin}/health`);
  const records = await load.done;
  await instance.stop();

  expect(health.status).toBe(200);
  expect(records.filter(({ outcome }) => outcome !== 'status')).toEqual([]);
  const log = instance.log();
  expect(new Set(log.map(({ id }) => id))).toEqual(new Set(records.map(({ id }) => id)));
  const errorsByQuarter = [0, 500, 1000, 1500].map(
    (from) => log.slice(from, from + 500).filter(({ status }) => status === 500).length,
  );
  expect(records.filter(({ status }) => status === 500)).toHaveLength(160);
  for (const errors of errorsByQuarter) expect(errors).toBeGreaterThanOrEqual(30);
});

test('revision 3 answers the slower the more requests are in progress, revision 1 does not wait', async () => {
  const longest = async (revision: number, concurrent: number): Promise<number> => {
    const instance = await shop(revision);
    await Promise.all(
      Array.from({ length: concurrent }, () => fetch(`${instance.origin}/products`)),
    );
    await instance.stop();
    return Math.max(...instance.log().map(({ durationMs }) => durationMs));
  };
  const [alone, crowded] = [await longest(3, 1), await longest(3, 30)];
  expect(alone).toBeGreaterThanOrEqual(38);
  expect(crowded).toBeGreaterThanOrEqual(1000);
  expect(crowded).toBeGreaterThan(2 * (await longest(1, 30)));
});

test('on SIGTERM it finishes the request that it has begun, then exits with 0', async () => {
  const instance = await shop(3);
  const crowd = Array.from({ length: 20 }, () => fetch(`${instance.origin}/products`));
  await fetch(`${instance.origin}/health`);
  const exitCode = instance.stop();
  const answers = await Promise.all(crowd);
  expect(answers.every(({ status }) => status === 200 || status === 500)).toBe(true);
  expect(await exitCode).toBe(0);
  await expect(fetch(`${instance.origin}/health`)).rejects.toThrow();
});

import { wholeMix } from '../../tools/load/whole-mix.mjs';

const asked = Array.from({ length: 1_400 }, (_, n) => wholeMix(n));
const share = (kind: string): number =>
  asked.filter((one) => one.kind === kind).length / asked.length;

test('the whole mix holds every kind of request that a rollout can cut', () => {
  expect(share('download')).toBeCloseTo(0.005, 3);
  expect(share('events')).toBeCloseTo(0.005, 3);
  expect(share('slow')).toBeCloseTo(0.02, 3);
  expect(share('new-connection')).toBeGreaterThan(0.13);
  expect(share('post')).toBeGreaterThan(0.15);
  expect(share('get')).toBeGreaterThan(0.6);
});

test('each kind of request is what it is called', () => {
  expect(asked.find(({ kind }) => kind === 'post')).toMatchObject({
    method: 'POST',
    path: '/orders',
    body: expect.stringContaining('items') as string,
  });
  expect(asked.find(({ kind }) => kind === 'slow')?.path).toBe('/report?seconds=2');
  expect(asked.find(({ kind }) => kind === 'events')).toMatchObject({
    path: '/events?seconds=20',
    stream: { kind: 'events', events: 20 },
  });
  expect(asked.find(({ kind }) => kind === 'download')).toMatchObject({
    path: '/export?seconds=30',
    stream: { kind: 'download', bytes: 122_880 },
  });
});

import fc from 'fast-check';
import { rollingBounds } from '../../../../src/domain/rollout/amounts';
import { movesOf, rollingBatches, shareOf } from '../../../../src/domain/rollout/batches';
import type { BatchesInput } from '../../../../src/domain/rollout/batches';
import type { Amount } from '../../../../src/domain/rollout/strategy';

const percent = (value: number): Amount => ({ unit: 'percent', percent: value });
const count = (value: number): Amount => ({ unit: 'count', count: value });

/** Any bounds that leave somebody to serve, and any state in the middle of them. */
const inputArb: fc.Arbitrary<BatchesInput> = fc
  .integer({ min: 1, max: 60 })
  .chain((instances) =>
    fc.record({
      instances: fc.constant(instances),
      surge: fc.integer({ min: 0, max: instances }),
      unavailable: fc.integer({ min: 0, max: instances - 1 }),
      from: fc
        .record({
          incoming: fc.integer({ min: 0, max: instances }),
          ready: fc.integer({ min: 0, max: instances }),
          outgoing: fc.integer({ min: 0, max: 2 * instances }),
        })
        .map((from) => ({ ...from, ready: Math.min(from.ready, from.incoming) })),
    }),
  )
  .filter(({ surge, unavailable }) => surge + unavailable > 0);

describe('the bounds of a rolling deployment', () => {
  test.each([
    { instances: 8, maxSurge: percent(25), maxUnavailable: percent(25), surge: 2, unavailable: 2 },
    { instances: 10, maxSurge: percent(25), maxUnavailable: percent(25), surge: 3, unavailable: 2 },
    { instances: 3, maxSurge: percent(25), maxUnavailable: percent(25), surge: 1, unavailable: 0 },
    { instances: 1, maxSurge: percent(25), maxUnavailable: percent(25), surge: 1, unavailable: 0 },
    { instances: 1, maxSurge: percent(100), maxUnavailable: percent(0), surge: 1, unavailable: 0 },
    { instances: 60, maxSurge: count(2), maxUnavailable: count(1), surge: 2, unavailable: 1 },
  ])(
    'of $instances are $surge and $unavailable: surge rounds up, unavailable down',
    ({ instances, maxSurge, maxUnavailable, ...bounds }) => {
      expect(rollingBounds({ maxSurge, maxUnavailable }, instances)).toEqual(bounds);
    },
  );

  test('let one instance go where both come to nothing, as Kubernetes does', () => {
    const bounds = { maxSurge: percent(0), maxUnavailable: percent(25) };
    expect(rollingBounds(bounds, 3)).toEqual({ surge: 0, unavailable: 1 });
  });
});

describe('batches', () => {
  test('of 8 instances with a quarter of surge and a quarter of unavailable are two of four', () => {
    const from = { incoming: 0, ready: 0, outgoing: 8 };
    const batches = rollingBatches({ instances: 8, surge: 2, unavailable: 2, from });
    expect(batches.map(movesOf)).toEqual([
      [
        { kind: 'reduce', size: 6 },
        { kind: 'launch', size: 4 },
        { kind: 'awaitHealthy', size: 4 },
        { kind: 'shift', incoming: 4, outgoing: 4 },
        { kind: 'reduce', size: 4 },
      ],
      [
        { kind: 'shift', incoming: 4, outgoing: 2 },
        { kind: 'reduce', size: 2 },
        { kind: 'launch', size: 8 },
        { kind: 'awaitHealthy', size: 8 },
        { kind: 'shift', incoming: 8, outgoing: 0 },
        { kind: 'retire' },
      ],
    ]);
  });

  test('without surge take the weight from the last old instance before the last new one starts', () => {
    const from = { incoming: 0, ready: 0, outgoing: 2 };
    const batches = rollingBatches({ instances: 2, surge: 0, unavailable: 1, from });
    expect(batches.map(movesOf).at(-1)).toEqual([
      { kind: 'shift', incoming: 1, outgoing: 0 },
      { kind: 'retire' },
      { kind: 'launch', size: 2 },
      { kind: 'awaitHealthy', size: 2 },
      { kind: 'shift', incoming: 2, outgoing: 0 },
    ]);
  });

  test('from any state end with the incoming fleet whole and nothing of the outgoing one', () => {
    fc.assert(
      fc.property(inputArb, (input) => {
        const { from, instances } = input;
        const last = rollingBatches(input).at(-1) ?? from;
        expect(last).toMatchObject({ incoming: instances, outgoing: 0 });
      }),
    );
  });

  test('from any state start at least one instance where one is missing, at any fleet size', () => {
    fc.assert(
      fc.property(inputArb, (input) => {
        const batches = rollingBatches(input);
        for (const { before, incoming } of batches) {
          expect(incoming).toBeGreaterThanOrEqual(before.incoming);
          if (before.ready < input.instances) expect(incoming).toBeGreaterThan(before.ready);
        }
        expect(batches.length).toBeLessThanOrEqual(input.instances + 1);
      }),
    );
  });

  test('from any state keep both bounds at every moment, or what stood at the start', () => {
    fc.assert(
      fc.property(inputArb, (input) => {
        const { instances, surge, unavailable, from } = input;
        const most = Math.max(instances + surge, from.incoming + from.outgoing);
        const least = Math.min(instances - unavailable, from.ready + from.outgoing);
        for (const { before, room, incoming, outgoing } of rollingBatches(input)) {
          expect(incoming + room).toBeLessThanOrEqual(most);
          expect(before.ready + room).toBeGreaterThanOrEqual(least);
          expect(incoming + outgoing).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });

  test('from any state keep somebody on both sides while both stand', () => {
    fc.assert(
      fc.property(inputArb, (input) => {
        for (const { before, room, incoming, outgoing } of rollingBatches(input)) {
          if (room === 0 && before.outgoing > 0) expect(before.ready).toBeGreaterThan(0);
          if (incoming < input.instances && before.outgoing > 0)
            expect(outgoing).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('the share that follows the instances', () => {
  test.each([
    { incoming: 0, outgoing: 8, grain: 1, share: 0 },
    { incoming: 2, outgoing: 6, grain: 1, share: 25 },
    { incoming: 1, outgoing: 2, grain: 1, share: 33 },
    { incoming: 2, outgoing: 1, grain: 1, share: 67 },
    { incoming: 1, outgoing: 300, grain: 1, share: 1 },
    { incoming: 300, outgoing: 1, grain: 1, share: 99 },
    { incoming: 1, outgoing: 59, grain: 10, share: 10 },
    { incoming: 59, outgoing: 1, grain: 10, share: 90 },
    { incoming: 8, outgoing: 0, grain: 1, share: 100 },
  ])(
    'with $incoming against $outgoing by a grain of $grain is $share',
    ({ incoming, outgoing, grain, share }) => {
      expect(shareOf(incoming, outgoing, grain)).toBe(share);
    },
  );

  test('never falls while the incoming side grows', () => {
    const sizes = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60));
    fc.assert(
      fc.property(sizes, fc.constantFrom(1, 5, 10, 25, 50), ([a, more, b, fewer], grain) => {
        fc.pre(a + more > 0);
        const before = shareOf(a, b + fewer, grain);
        expect(shareOf(a + more, b, grain)).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

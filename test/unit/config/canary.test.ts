import fc from 'fast-check';
import { requestFor } from '../../../src/config/assemble-request';
import { readCanary, readVerify } from '../../../src/config/canary';
import { MINIMAL, parse } from './support';

const weightsOf = (block: Parameters<typeof readCanary>[0]) =>
  readCanary(block).canary.steps.map(({ weight }) => weight);

describe('the canary of the specification', () => {
  test('ends at exactly 100, where its own loop ends at 95', () => {
    expect(weightsOf({ preset: 'seed' })).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100]);
  });

  test('ends at exactly 100 whatever its numbers are, and always rises', () => {
    const percent = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(percent, percent, percent, (initialTraffic, incrementStep, maxTraffic) => {
        const weights = weightsOf({ initialTraffic, incrementStep, maxTraffic });
        expect(weights.at(-1)).toBe(100);
        expect(weights).toEqual([...new Set(weights)].sort((a, b) => a - b));
      }),
    );
  });

  test('waits its evaluation period at each step', () => {
    const { canary } = readCanary({ evaluationPeriod: 30, incrementStep: 50 });
    expect(canary.steps.map(({ bake }) => bake)).toEqual(
      Array(3).fill({ leastMs: 30_000, longestMs: 90_000, minimumRequests: 20 }),
    );
  });

  test('rolls back by its success threshold over one period, and only as a canary', () => {
    const config = parse(
      `${MINIMAL}rollbackCriteria: {}\ncanary: { successThreshold: 99, evaluationPeriod: 30 }\n`,
    );
    expect(requestFor(config, {}).criteria).toEqual([
      {
        id: 'canary/success_rate',
        metric: 'success_rate',
        threshold: 99,
        unit: 'percent',
        badWhen: 'below',
        comparison: 'absolute',
        source: null,
        durationMs: 30_000,
        severity: 'critical',
        action: 'rollback',
        minimumSamples: 100,
        alsoWhenBaselineBreaches: false,
      },
    ]);
    expect(requestFor(config, { strategy: 'blue-green' }).criteria).toEqual([]);
  });
});

describe('canary steps', () => {
  test('take a bake in seconds as its least time, and three times that as its longest', () => {
    expect(readCanary({ steps: [{ weight: 5, bake: 60 }] }).canary.steps).toEqual([
      { weight: 5, bake: { leastMs: 60_000, longestMs: 180_000, minimumRequests: 20 } },
    ]);
  });

  test('take limits as they are written', () => {
    const bake = { least: 1.5, longest: 4, requests: 7 };
    expect(readCanary({ steps: [{ weight: 5, bake }] }).canary.steps).toEqual([
      { weight: 5, bake: { leastMs: 1_500, longestMs: 4_000, minimumRequests: 7 } },
    ]);
  });

  test('are 5, 20, 50 and 100 where nothing is said, gated on requests', () => {
    expect(weightsOf(undefined)).toEqual([5, 20, 50, 100]);
    expect(readCanary().canary.steps.every(({ bake }) => bake.minimumRequests === 50)).toBe(true);
    expect(readCanary().criteria).toEqual([]);
  });

  test('make a canary of a file that names no strategy', () => {
    const text = `${MINIMAL}canary: { steps: [{ weight: 50, bake: 5 }] }\n`;
    expect(requestFor(parse(text), {}).strategy.kind).toBe('canary');
  });
});

describe('the watch at 100 %', () => {
  test('is the canary step at 100 where the file has no `verify`, and else what `verify` says', () => {
    const text = `${MINIMAL}canary: { steps: [{ weight: 50, bake: 5 }, { weight: 100, bake: 20 }] }\n`;
    const step = { leastMs: 20_000, longestMs: 60_000, minimumRequests: 20 };
    expect(requestFor(parse(text), {}).verify).toEqual(step);
    expect(requestFor(parse(`${text}verify: { least: 7 }\n`), {}).verify.leastMs).toBe(7_000);
    expect(requestFor(parse(text), { strategy: 'blue-green' }).verify.leastMs).toBe(60_000);
  });

  test.each([
    [{}, { leastMs: 60_000, longestMs: 180_000, minimumRequests: 0 }],
    [{ least: 5 }, { leastMs: 5_000, longestMs: 15_000, minimumRequests: 0 }],
    [{ longest: 20 }, { leastMs: 10_000, longestMs: 20_000, minimumRequests: 0 }],
    [
      { least: 5, longest: 6, requests: 9 },
      { leastMs: 5_000, longestMs: 6_000, minimumRequests: 9 },
    ],
  ])('of %j is %j', (block, expected) => {
    expect(readVerify(block)).toEqual(expected);
  });
});

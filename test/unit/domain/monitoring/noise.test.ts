import { bucketOf } from '../../../../src/domain/analysis/histogram';
import type { Criterion } from '../../../../src/domain/analysis/criterion';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';
import { evaluateMonitors } from '../../../../src/domain/monitoring/evaluate-monitors';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, windowAt } from '../support/windows';
import { scene } from './monitor-scenes';

/** Looked up once: a global of jest's sandbox is slow to reach. */
const { PI, cos, exp, floor, imul, log, sqrt } = Math;

/** The same numbers each time: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Traffic {
  readonly perSecond: number;
  readonly errorRate: number;
  readonly medianMs: number;
}

/** A second of traffic with log-normal latencies. */
function second(random: () => number, { perSecond, errorRate, medianMs }: Traffic): ArmWindow {
  const requests = floor(perSecond + random());
  const takes = (): number => {
    const normal = sqrt(-2 * log(1 - random())) * cos(2 * PI * random());
    return medianMs * exp(normal);
  };
  const errors = Array.from({ length: requests }, random).filter((one) => one < errorRate).length;
  const counts = new Map<number, number>();
  for (let index = 0; index < requests; index += 1) {
    const bucket = bucketOf(takes());
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  const latency = { buckets: [...counts].toSorted(([one], [other]) => one - other) };
  return { ...arm(requests, errors), latency };
}

interface Release {
  readonly candidate: Traffic;
  readonly stable: Traffic;
  readonly criteria: readonly Criterion[];
}

/** The issues that two and a half minutes of a release raise, looked at every five seconds. */
function issuesOf(seed: number, { candidate, criteria, stable }: Release): readonly string[] {
  const random = randomFrom(seed);
  const windows: Window[] = [];
  const keys: string[] = [];
  for (let number = 0; number < 150; number += 1) {
    windows.push(windowAt(number, second(random, candidate), second(random, stable)));
    if (number % 5 !== 4) continue;
    const { monitors } = evaluateMonitors(scene({ windows, criteria }));
    keys.push(...monitors.flatMap(({ issues }) => issues.map(({ key }) => key)));
  }
  return keys;
}

const P99: Criterion = {
  ...ERROR_RATE,
  id: 'automatic/response_time_p99',
  metric: 'response_time_p99',
  unit: 'ms',
  threshold: 5_000,
  minimumSamples: 100,
};

describe('under random traffic', () => {
  const good = { errorRate: 0.01, medianMs: 60 };

  test.each([
    { name: '5 of 100 requests a second', candidate: 5, stable: 95, criteria: [] },
    { name: 'the same, and criteria', candidate: 5, stable: 95, criteria: [ERROR_RATE, P99] },
    { name: 'half of two requests a second', candidate: 1, stable: 1, criteria: [] },
    { name: 'nearly all requests', candidate: 95, stable: 5, criteria: [ERROR_RATE, P99] },
  ])('a good release with $name raises nothing', ({ candidate, stable, criteria }) => {
    for (const seed of [1, 2, 3]) {
      const release = {
        candidate: { ...good, perSecond: candidate },
        stable: { ...good, perSecond: stable },
        criteria,
      };
      expect(issuesOf(seed, release)).toEqual([]);
    }
  });

  test.each([
    ['8 % errors', { errorRate: 0.08 }, 'errors/error_rate'],
    ['three times the latency', { medianMs: 180 }, 'performance/response_time_p95'],
    ['3 s for each answer', { medianMs: 3_000 }, 'performance/apdex'],
  ])('a release with %s is found', (_, fault, key) => {
    const stable = { ...good, perSecond: 95 };
    const candidate = { ...good, ...fault, perSecond: 5 };
    expect(issuesOf(4, { candidate, stable, criteria: [] })).toContain(key);
  });
});

import fc from 'fast-check';
import { bucketOf, quantileMs } from '../../../src/domain/analysis/histogram';
import type { Window } from '../../../src/domain/analysis/window';
import { metricCharts } from '../../../src/cli/output/deployment-report/charts/metric-charts';
import { roundScale } from '../../../src/cli/output/deployment-report/charts/scale';
import {
  bucketWindows,
  MOST_POINTS,
} from '../../../src/cli/output/deployment-report/charts/time-buckets';
import { valueWords } from '../../../src/cli/output/deployment-report/charts/value-words';
import { anArm, aWindow } from './report-samples';

const chart = (windows: readonly Window[], id: string) =>
  metricCharts({ buckets: bucketWindows(windows), criteria: [], thresholds: null }).find(
    (one) => one.id === id,
  )!;
const candidate = (windows: readonly Window[], id: string) =>
  chart(windows, id).lines.find(({ name }) => name === 'candidate')!.points;

describe('a long rollout in few points', () => {
  test('has at most 300, and every request in exactly one of them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (count, from) => {
          const windows = Array.from({ length: count }, (_, index) => aWindow(from + index));
          const points = candidate(windows, 'requests');
          expect(points.length).toBeLessThanOrEqual(MOST_POINTS);
          expect(points.reduce((sum, { samples }) => sum + samples, 0)).toBe(10 * count);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a percentile of a point is that of all its answers, not a mean of percentiles', () => {
    const windows = Array.from({ length: 3_600 }, (_, second) =>
      aWindow(second, {
        arms: {
          candidate: anArm({
            requests: second % 10 === 0 ? 1_000 : 10,
            latencyMs: second % 10 === 0 ? 20 : 900,
          }),
          stable: null,
        },
      }),
    );
    const expected = quantileMs(
      {
        buckets: [
          [bucketOf(20), 1_000],
          [bucketOf(900), 90],
        ],
      },
      0.5,
    );
    const values = new Set(candidate(windows, 'p50').map(({ value }) => value));
    expect([...values]).toEqual([expected]);
  });

  test('a rate counts the time in which somebody watched, and no other', () => {
    const windows = Array.from({ length: 1_200 }, (_, second) => aWindow(second)).filter(
      (_, second) => second % 2 === 0,
    );
    expect(new Set(candidate(windows, 'requests').map(({ value }) => value))).toEqual(
      new Set([10]),
    );
  });
});

describe('a scale', () => {
  const anyValue = fc.oneof(
    fc.double({ min: 0, max: 1e9, noNaN: true }),
    fc.double({ min: -1e299, max: 1e299, noNaN: true }),
  );

  test('holds both ends, with round marks in between', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const scale = roundScale({ lowest: Math.min(a, b), highest: Math.max(a, b) }, [100, 0]);
        const slack = 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
        expect(scale.lowest).toBeLessThanOrEqual(Math.min(a, b) + slack);
        expect(scale.highest).toBeGreaterThanOrEqual(Math.max(a, b) - slack);
        expect(scale.marks.length).toBeGreaterThanOrEqual(2);
        expect(scale.marks.length).toBeLessThanOrEqual(7);
        for (const mark of scale.marks) expect(Number.isFinite(scale.place(mark))).toBe(true);
      }),
    );
  });

  test('holds two values that are hardly apart', () => {
    const scale = roundScale({ lowest: 999999999.9999987, highest: 999999999.9999988 }, [100, 0]);
    for (const mark of scale.marks) expect(Number.isFinite(scale.place(mark))).toBe(true);
  });

  test('writes marks as people do', () => {
    expect(roundScale({ lowest: 0, highest: 0.3 }, [0, 1]).marks).toEqual([0, 0.1, 0.2, 0.3]);
    expect([0, 4.5, 181, 12_345, 0.031].map((value) => valueWords(value, 'number'))).toEqual([
      ...['0', '4.5', '181', '12 345', '0.031'],
    ]);
  });
});

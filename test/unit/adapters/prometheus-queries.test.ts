import fc from 'fast-check';
import { expandQuery } from '../../../src/adapters/metrics/prometheus/expand-query';
import { metricNames, revisionLabel } from '../../../src/adapters/metrics/prometheus/query-words';
import { completeWindows, inPieces } from '../../../src/adapters/reading-grid';

const REVISION = `sha256:${'a'.repeat(64)}`;
const VALUES = {
  ref: { service: 'shop', environment: 'production' },
  revision: REVISION,
  windowMs: 60_000,
};

describe('the values of a query', () => {
  test('are put in wherever their names stand, with braces and without', () => {
    const query =
      'x{a="$revision",b="${service}.$environment",c="$other"}[$window] offset ${window}';
    expect(expandQuery(query, VALUES)).toBe(
      `x{a="${REVISION}",b="shop.production",c="$other"}[60s] offset 60s`,
    );
    expect(expandQuery('[$window]', { ...VALUES, windowMs: 1_500 })).toBe('[1500ms]');
    expect(expandQuery('$revisions $windowed', VALUES)).toBe('$revisions $windowed');
  });

  test('never end a string of the query: whatever is no digest or plain name is refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const isPlain = /^[A-Za-z0-9._-]+$/.test(text);
        const expand = (): string =>
          expandQuery('{a="$service"}', { ...VALUES, ref: { service: text, environment: 'e' } });
        if (isPlain) expect(expand()).toBe(`{a="${text}"}`);
        else expect(expand).toThrow(RangeError);
      }),
    );
    for (const revision of ['"} or vector(1) #', 'sha256:a', `${REVISION}"`])
      expect(() => expandQuery('$revision', { ...VALUES, revision })).toThrow(RangeError);
  });
});

test.each<[string, readonly string[]]>([
  ['sum(increase(orders_total{revision="$revision"}[$window]))', ['orders_total']],
  ['sum by (pod, up) (rate(a:b_total[5m])) / on(pod) group_left(x) c', ['a:b_total', 'c']],
  ['max(up{job="or"}) or vector(0) # total', ['up']],
  ['histogram_quantile(0.99, sum by (le) (rate(d_bucket[5m])))', ['d_bucket']],
  ['x offset 5m and x > 1e3 unless Inf', ['x']],
  ['{__name__="y"}', []],
  ['', []],
])('the metrics of %s are named', (query, names) => {
  expect(metricNames(query)).toEqual(names);
});

test('the label of the revision is what is compared with it', () => {
  expect(revisionLabel('x{pod="a",version=~"$revision"}')).toBe('version');
  expect(revisionLabel("x{v = '${revision}'}")).toBe('v');
  expect(revisionLabel('x{v="a"} $revision')).toBeNull();
});

test('windows are complete when their end and the lag are over, and pieces hold each of them once', () => {
  fc.assert(
    fc.property(
      fc.record({
        fromMs: fc.nat(100_000),
        toMs: fc.nat(200_000),
        nowMs: fc.nat(200_000),
        resolutionMs: fc.integer({ min: 1_000, max: 60_000 }),
        lagMs: fc.nat(60_000),
        most: fc.integer({ min: 1, max: 50 }),
      }),
      ({ fromMs, toMs, nowMs, most, ...spec }) => {
        const range = completeWindows(spec, { fromMs, toMs }, nowMs);
        const isIn = (number: number): boolean => {
          const endMs = (number + 1) * spec.resolutionMs;
          const isWhole = number * spec.resolutionMs >= fromMs && endMs <= toMs;
          return isWhole && endMs + spec.lagMs <= nowMs;
        };
        const numbers = inPieces(range, most).flatMap(({ first, last }) => {
          expect(last - first + 1).toBeLessThanOrEqual(most);
          return Array.from({ length: last - first + 1 }, (_, place) => first + place);
        });
        const all = Array.from({ length: 210 }, (_, number) => number);
        expect(numbers).toEqual(all.filter(isIn));
      },
    ),
  );
});

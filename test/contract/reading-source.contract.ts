import type { NamedMetric } from '../../src/domain/analysis/criterion';
import type { MetricSample } from '../../src/domain/analysis/reading';
import { isErrorCode } from '../../src/domain/errors';
import type { Digest } from '../../src/domain/revision';
import type { ReadingQuery, ReadingSource, RevisionReading } from '../../src/ports/reading-source';

/** Windows of 10 s, complete 5 s after their end. */
export const RESOLUTION_MS = 10_000;
export const LAG_MS = 5_000;
export const STABLE: Digest = `sha256:${'1'.repeat(64)}`;
export const CANDIDATE: Digest = `sha256:${'2'.repeat(64)}`;
export const REF = { service: 'shop', environment: 'production' };
/** A ratio. */
export const CONVERSION: NamedMetric = 'business_metric_conversion';
/** A value. */
export const QUEUE: NamedMetric = 'custom_queue_length';

/** What the system behind the source saw of one revision in one window. */
export interface Seen {
  readonly revision: Digest;
  readonly number: number;
  readonly metric: NamedMetric;
  readonly sample: MetricSample;
}

export interface World {
  readonly seen: readonly Seen[];
  readonly nowMs: number;
}

export interface SourceUnderTest {
  /** A source that knows `CONVERSION` and `QUEUE`, in a world that stands still. */
  open(world: World): Promise<ReadingSource>;
  /** The same where what it asks is not there. */
  openAway(): Promise<ReadingSource>;
  /** The number of the window with which the worlds of this suite begin. */
  readonly first: number;
}

/** What every source of readings must do. `underTest` answers that of the current test. */
export function describeReadingSource(name: string, underTest: () => SourceUnderTest): void {
  const at = (place: number): number => underTest().first + place;
  const startOf = (place: number): number => at(place) * RESOLUTION_MS;
  const ratio = (place: number, events: number, of: number): Seen => ({
    revision: STABLE,
    number: at(place),
    metric: CONVERSION,
    sample: { kind: 'ratio', events, of },
  });
  const value = (place: number, measured: number, revision = STABLE): Seen => ({
    revision,
    number: at(place),
    metric: QUEUE,
    sample: { kind: 'value', value: measured, samples: 1 },
  });
  const read = async (
    world: Pick<World, 'seen'> & Partial<World>,
    query: Partial<ReadingQuery> = {},
  ): Promise<readonly RevisionReading[]> => {
    const source = await underTest().open({ nowMs: startOf(8), ...world });
    return source.readings({ ...wholeQuery(startOf), ...query }, new AbortController().signal);
  };
  const places = (readings: readonly RevisionReading[]): readonly number[] =>
    readings.map(({ number }) => number - at(0));

  describe(`readings of ${name}`, () => {
    test('come as whole windows on the grid of the resolution, oldest first, counts and values alike', async () => {
      const others = { ...ratio(2, 0, 30), revision: CANDIDATE };
      const seen = [ratio(1, 6, 60), ratio(2, 9, 90), others, value(2, 7.5)];
      const readings = await read({ seen });
      expect(readings).toEqual([
        {
          number: at(1),
          fromMs: startOf(1),
          intervalMs: RESOLUTION_MS,
          revisions: { [STABLE]: { [CONVERSION]: near(6, 60) } },
        },
        {
          number: at(2),
          fromMs: startOf(2),
          intervalMs: RESOLUTION_MS,
          revisions: {
            [STABLE]: {
              [CONVERSION]: near(9, 90),
              [QUEUE]: { kind: 'value', value: 7.5, samples: 1 },
            },
            [CANDIDATE]: { [CONVERSION]: near(0, 30) },
          },
        },
      ]);
    });

    test('are not told before the lag after the end of their window is over', async () => {
      const seen = [value(1, 1), value(2, 2)];
      const justBefore = await read({ seen, nowMs: startOf(3) + LAG_MS - 1 });
      expect(places(justBefore)).toEqual([1]);
      const then = await read({ seen, nowMs: startOf(3) + LAG_MS });
      expect(places(then)).toEqual([1, 2]);
    });

    test('hold zero where zero was seen, and nothing where nothing was', async () => {
      const [reading] = await read({ seen: [ratio(1, 0, 0), value(1, 0)] });
      expect(reading?.revisions).toEqual({
        [STABLE]: {
          [CONVERSION]: near(0, 0),
          [QUEUE]: { kind: 'value', value: 0, samples: 1 },
        },
      });
    });

    test('leave out a window that nobody observed', async () => {
      expect(places(await read({ seen: [value(1, 1), value(4, 4)] }))).toEqual([1, 4]);
      expect(await read({ seen: [] })).toEqual([]);
    });

    test('lie whole between the two times of the query', async () => {
      const seen = [value(1, 1), value(2, 2), value(3, 3), value(4, 4)];
      const query = { fromMs: startOf(2), toMs: startOf(4) };
      expect(places(await read({ seen }, query))).toEqual([2, 3]);
      const inside = { fromMs: startOf(2) + 1, toMs: startOf(4) - 1 };
      expect(await read({ seen }, inside)).toEqual([]);
      expect(await read({ seen }, { fromMs: startOf(4), toMs: startOf(2) })).toEqual([]);
    });

    test('hold only the revisions and metrics that were asked for and that the source knows', async () => {
      const seen = [ratio(1, 1, 2), value(1, 1), value(1, 2, CANDIDATE)];
      const [reading] = await read({ seen }, { revisions: [STABLE], metrics: [QUEUE] });
      expect(reading?.revisions).toEqual({
        [STABLE]: { [QUEUE]: { kind: 'value', value: 1, samples: 1 } },
      });
      expect(await read({ seen }, { metrics: ['custom_nobody_knows'] })).toEqual([]);
    });

    test('are the same for whoever asks later, or twice', async () => {
      const seen = [ratio(1, 6, 60), ratio(2, 9, 90), value(2, 7.5)];
      const early = await read({ seen, nowMs: startOf(3) + LAG_MS });
      expect(await read({ seen, nowMs: startOf(8) })).toEqual(early);
      const source = await underTest().open({ seen, nowMs: startOf(8) });
      const { signal } = new AbortController();
      const both = [1, 2].map(() => source.readings(wholeQuery(startOf), signal));
      expect(await Promise.all(both)).toEqual([early, early]);
    });

    test('end with the reason of the one who called them off', async () => {
      const source = await underTest().open({ seen: [], nowMs: startOf(8) });
      const reason = new Error('called off');
      const asked = source.readings(wholeQuery(startOf), AbortSignal.abort(reason));
      await expect(asked).rejects.toBe(reason);
    });

    test('are METRICS_UNAVAILABLE, and worth another try, where the source is away', async () => {
      const source = await underTest().openAway();
      const asked = source.readings(wholeQuery(startOf), new AbortController().signal);
      const error: unknown = await asked.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'METRICS_UNAVAILABLE', retryable: true });
      expect(isErrorCode((error as { code: unknown }).code)).toBe(true);
    });
  });

  describe(`the check of ${name}`, () => {
    const check = async (
      source: ReadingSource,
      metrics: readonly NamedMetric[],
    ): Promise<readonly string[]> =>
      source.check({ ref: REF, stable: STABLE, metrics }, new AbortController().signal);

    test('finds nothing where the newest windows of the revision that serves are there', async () => {
      const seen = [4, 5, 6].flatMap((place) => [ratio(place, 1, 2), value(place, 1)]);
      const source = await underTest().open({ seen, nowMs: startOf(7) + LAG_MS });
      expect(await check(source, [CONVERSION, QUEUE])).toEqual([]);
    });

    test('names a metric that the source does not know, and the one that was probably meant', async () => {
      const source = await underTest().open({ seen: [], nowMs: startOf(7) });
      const [sentence, ...more] = await check(source, ['business_metric_convertion']);
      expect(more).toEqual([]);
      expect(sentence).toContain('business_metric_convertion');
      expect(sentence).toContain(`Did you mean ${CONVERSION}?`);
    });

    test('is one sentence, and no crash, where the source is away', async () => {
      const sentences = await check(await underTest().openAway(), [CONVERSION, QUEUE]);
      expect(sentences).toHaveLength(1);
    });
  });
}

function wholeQuery(startOf: (place: number) => number): ReadingQuery {
  return {
    ref: REF,
    revisions: [STABLE, CANDIDATE],
    metrics: [CONVERSION, QUEUE],
    fromMs: startOf(0),
    toMs: startOf(7),
  };
}

/** A real Prometheus extrapolates, so that its counts are off by what its floating point rounds. */
function near(events: number, of: number): object {
  return {
    kind: 'ratio',
    events: expect.closeTo(events, 6) as number,
    of: expect.closeTo(of, 6) as number,
  };
}

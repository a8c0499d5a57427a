import { setImmediate } from 'node:timers/promises';
import type { ActivityDependencies } from '../../../src/activities/dependencies';
import { ReadingDesk } from '../../../src/activities/reading-desk';
import type { WatchInput } from '../../../src/activities/watch-input';
import type { Reading } from '../../../src/domain/analysis/reading';
import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
import type { SourceSpec } from '../../../src/domain/monitoring/source-spec';
import type { ReadingQuery, RevisionReading } from '../../../src/ports/reading-source';

const CANDIDATE = `sha256:${'c'.repeat(64)}`;
const START_MS = 1_000_000;

const SPEC: SourceSpec = {
  name: 'orders',
  kind: 'http-json',
  url: 'http://127.0.0.1:1/',
  resolutionMs: 5_000,
  lagMs: 0,
  timeoutMs: 1_000,
  bearerSecret: null,
  metrics: { custom_depth: { unit: 'number', badWhen: 'above' } },
};

/** A source that answers at once with every window that is complete by its lag, and how often it was asked from when. */
function deskOf(clock: () => number, missing: () => RevisionReading['missing'] = () => undefined) {
  const asked: number[] = [];
  const openReadingSource = ({ lagMs, resolutionMs }: SourceSpec) => ({
    check: () => Promise.resolve([]),
    readings: ({ fromMs, toMs }: ReadingQuery) => {
      asked.push(fromMs);
      const first = Math.ceil(fromMs / resolutionMs);
      const last = Math.floor((toMs - lagMs) / resolutionMs) - 1;
      const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
      return Promise.resolve(
        numbers.map((number) => ({
          number,
          fromMs: number * resolutionMs,
          intervalMs: resolutionMs,
          revisions: {},
          missing: missing() ?? [],
        })),
      );
    },
  });
  const deps = {
    clock,
    openReadingSource,
    log: () => undefined,
  } as unknown as ActivityDependencies;
  return { desk: new ReadingDesk(deps), asked };
}

function watching(deploymentId: string, spec: SourceSpec): WatchInput {
  return {
    deploymentId,
    ref: { service: 'shop', environment: 'production' },
    stepId: '05-bake-10',
    stable: null,
    candidate: CANDIDATE,
    weights: { [CANDIDATE]: 10 },
    criteria: [],
    limits: { leastMs: 2_000, longestMs: 60_000, minimumRequests: 0 },
    stepStartedAtMs: START_MS,
    evidenceFromMs: START_MS,
    beforeFromMs: START_MS,
    leastAtMs: START_MS + 2_000,
    longestAtMs: START_MS + 60_000,
    pollMs: 1_000,
    monitoring: { ...DEFAULT_MONITORING, sources: [spec] },
    openAlerts: [],
  };
}

/** A look that ends well. */
function taken(desk: ReadingDesk, input: WatchInput): readonly Reading[] {
  const readings = desk.take(input, []);
  desk.settle(input, readings);
  return readings;
}

/** Looks once a second, and gives the source the time to answer in between. */
async function lookFor(
  seconds: number,
  look: () => readonly Reading[],
  advance: () => void,
): Promise<readonly Reading[]> {
  const all: Reading[] = [];
  for (let second = 0; second < seconds; second += 1) {
    all.push(...look());
    await setImmediate();
    advance();
  }
  return all;
}

describe('readings of a source', () => {
  test('that shows its windows long after their end come without a gap', async () => {
    let nowMs = START_MS;
    const { desk } = deskOf(() => nowMs);
    const input = watching('shop-production-01', { ...SPEC, lagMs: 60_000 });
    const seen = await lookFor(
      180,
      () => taken(desk, input),
      () => {
        nowMs += 1_000;
      },
    );
    const first = START_MS / SPEC.resolutionMs;
    expect(seen.map(({ number }) => number)).toEqual(
      Array.from({ length: 23 }, (_, at) => first + at),
    );
  });

  test('come for each of more deployments than anybody watches at once', async () => {
    let nowMs = START_MS;
    const { desk, asked } = deskOf(() => nowMs);
    const inputs = Array.from({ length: 300 }, (_, at) => watching(`shop-production-${at}`, SPEC));
    const seen = await lookFor(
      21,
      () => inputs.flatMap((input) => taken(desk, input)),
      () => {
        nowMs += 1_000;
      },
    );
    expect(seen).toHaveLength(300 * 3);
    expect(asked.length).toBeLessThanOrEqual(300 * 4);
  });

  test('that a look could not record or judge come again with the next one', async () => {
    let nowMs = START_MS + 6_000;
    const { desk } = deskOf(() => nowMs);
    const input = watching('shop-production-01', SPEC);
    desk.take(input, []);
    await setImmediate();
    const failed = desk.take(input, []);
    expect(failed).toHaveLength(1);
    nowMs += 1_000;
    expect(taken(desk, input)).toEqual(failed);
    expect(taken(desk, input)).toEqual([]);
  });

  test('come on after a clock that was hours ahead for a moment', async () => {
    let nowMs = START_MS + 6_000;
    const { desk } = deskOf(() => nowMs);
    const input = watching('shop-production-01', SPEC);
    taken(desk, input);
    await setImmediate();
    nowMs += 3_600_000;
    taken(desk, input);
    await setImmediate();
    nowMs -= 3_600_000;
    taken(desk, input);
    const seen = await lookFor(
      30,
      () => taken(desk, input),
      () => {
        nowMs += 1_000;
      },
    );
    expect(seen.length).toBeGreaterThanOrEqual(4);
  });

  describe('that lack something', () => {
    const FIRST = START_MS / SPEC.resolutionMs;
    const because = (reason: string, mayPass: boolean): RevisionReading['missing'] => [
      { revision: CANDIDATE, metric: 'custom_depth', reason, ...(mayPass && { mayPass }) },
    ];
    /** Numbers from the first on, and the second at which each was taken. */
    const takenUnder = async (
      missing: (second: number) => RevisionReading['missing'],
    ): Promise<readonly (readonly [number, number])[]> => {
      let nowMs = START_MS;
      const second = (): number => (nowMs - START_MS) / 1_000;
      const { desk } = deskOf(
        () => nowMs,
        () => missing(second()),
      );
      const input = watching('shop-production-01', SPEC);
      const when: (readonly [number, number])[] = [];
      await lookFor(
        40,
        () => {
          const readings = taken(desk, input);
          when.push(...readings.map(({ number }) => [number - FIRST, second()] as const));
          return readings;
        },
        () => {
          nowMs += 1_000;
        },
      );
      return when;
    };

    test('for a reason that may pass are asked for again, and those behind them come in order', async () => {
      const seen = await takenUnder((second) =>
        second >= 10 && second < 18
          ? because('Prometheus warns: a store is away', true)
          : undefined,
      );
      expect(seen.slice(0, 4)).toEqual([
        [0, 6],
        [1, 19],
        [2, 19],
        [3, 21],
      ]);
    });

    test('for a reason that does not pass in time are taken as they are', async () => {
      const seen = await takenUnder(() => because('Prometheus warns: a store is away', true));
      expect(seen).toEqual([
        [0, 26],
        [1, 31],
        [2, 36],
      ]);
    });

    test('for a reason that stays are taken at once', async () => {
      const seen = await takenUnder(() => because('the query answers 2 series', false));
      expect(seen.slice(0, 2)).toEqual([
        [0, 6],
        [1, 11],
      ]);
    });
  });
});

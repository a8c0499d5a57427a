import { createMemoryEvidenceRecord } from '../../../src/adapters/evidence/memory-evidence-record';
import { collectWindows } from '../../../src/activities/collect-windows';
import type { ActivityDependencies } from '../../../src/activities/dependencies';
import { configOf, type WatchInput } from '../../../src/activities/watch-input';
import type { Criterion } from '../../../src/domain/analysis/criterion';
import { openJudge } from '../../../src/domain/analysis/judge';
import { EMPTY_HISTOGRAM } from '../../../src/domain/analysis/histogram';
import { BelayError } from '../../../src/domain/errors';
import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
import { MEMORY_TARGET } from '../../../src/domain/targets/memory';
import type { MetricSource } from '../../../src/ports/metric-source';
import { ERROR_RATE } from '../domain/support/plan-inputs';

const CANDIDATE = `sha256:${'c'.repeat(64)}`;
const START_MS = 1_000_000;

const input: WatchInput = {
  deploymentId: 'shop-production-01',
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
  monitoring: DEFAULT_MONITORING,
  openAlerts: [],
};

/** Ten requests in every second that has ended and that nobody took out; `errors` of them fail. */
function sourceWithout(missing: ReadonlySet<number>, errors = 0): MetricSource {
  return {
    windows: ({ fromMs, toMs }) => {
      const numbers = Array.from(
        { length: Math.floor(toMs / 1_000) - fromMs / 1_000 },
        (_one, index) => fromMs / 1_000 + index,
      );
      return Promise.resolve(
        numbers
          .filter((number) => !missing.has(number))
          .map((number) => ({
            number,
            fromMs: number * 1_000,
            intervalMs: 1_000,
            revisions: {
              [CANDIDATE]: {
                requests: 10,
                errors,
                latency: EMPTY_HISTOGRAM,
                healthChecksPassed: 1,
                healthChecksFailed: 0,
              },
            },
          })),
      );
    },
  };
}

const AWAY: MetricSource = {
  windows: () => Promise.reject(new BelayError('METRICS_UNAVAILABLE', 'away')),
};

function lookingAt(...criteria: readonly Criterion[]) {
  const evidence = createMemoryEvidenceRecord();
  const watch = { ...input, criteria };
  let known = openJudge(configOf(watch));
  const look = async (atMs: number, metrics: MetricSource) => {
    const deps = { capabilities: MEMORY_TARGET, evidence, metrics, clock: () => atMs };
    const observed = { stable: 90, candidate: 10 };
    const folded = await collectWindows(
      deps as unknown as ActivityDependencies,
      { input: watch, known, observed },
      new AbortController().signal,
    );
    known = folded.state;
    return folded.verdict;
  };
  const gaps = async () =>
    (await evidence.read(input.deploymentId, 0)).filter(
      ({ window }) => window.arms.candidate === null,
    );
  return { look, gaps };
}

test('a source that does not answer gives no verdict, and leaves no gap when it is back', async () => {
  const { look, gaps } = lookingAt();
  const steady = sourceWithout(new Set());
  expect(await look(START_MS + 3_000, steady)).toMatchObject({ kind: 'safe' });
  expect(await look(START_MS + 9_000, AWAY)).toMatchObject({ kind: 'no-data' });
  expect(await look(START_MS + 20_000, steady)).toMatchObject({ kind: 'safe' });
  expect(await gaps()).toEqual([]);
});

test('harm that is known stays harm while the source does not answer', async () => {
  const { look } = lookingAt({ ...ERROR_RATE, durationMs: 5_000 });
  const failing = sourceWithout(new Set(), 5);
  expect(await look(START_MS + 9_000, failing)).toMatchObject({ kind: 'harm' });
  expect(await look(START_MS + 12_000, AWAY)).toMatchObject({ kind: 'harm' });
});

test('a look between two windows keeps the verdict that stands', async () => {
  const { look } = lookingAt();
  const steady = sourceWithout(new Set());
  const before = await look(START_MS + 3_000, steady);
  expect(await look(START_MS + 3_400, steady)).toEqual(before);
});

test('a second that nobody observed becomes a gap once it cannot arrive any more', async () => {
  const { look, gaps } = lookingAt();
  const missing = START_MS / 1_000 + 4;
  await look(START_MS + 12_000, sourceWithout(new Set([missing])));
  expect((await gaps()).map(({ window }) => window.number)).toEqual([missing]);
});

test('a source that is up and sees nothing any more is never safe', async () => {
  const { look } = lookingAt();
  const silent = sourceWithout(
    new Set(Array.from({ length: 60 }, (_one, index) => START_MS / 1_000 + 3 + index)),
  );
  expect(await look(START_MS + 3_000, silent)).toMatchObject({ kind: 'safe' });
  expect(await look(START_MS + 20_000, silent)).toMatchObject({ kind: 'no-data' });
});

test('a clock that goes a year ahead leaves an hour of gaps at most, and is no pass', async () => {
  const { look, gaps } = lookingAt();
  const silent = sourceWithout(
    new Set(Array.from({ length: 60 }, (_one, index) => START_MS / 1_000 + 3 + index)),
  );
  await look(START_MS + 3_000, silent);
  const nothing: MetricSource = { windows: () => Promise.resolve([]) };
  expect(await look(START_MS + YEAR_MS, nothing)).toMatchObject({ kind: 'no-data' });
  expect((await gaps()).length).toBeLessThanOrEqual(3_601);
});

const YEAR_MS = 365 * 24 * 3_600_000;

import fc from 'fast-check';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';
import { evaluateMonitors } from '../../../../src/domain/monitoring/evaluate-monitors';
import { DEFAULT_MONITORING, MONITORS } from '../../../../src/domain/monitoring/policy';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, windowAt, windowsOf } from '../support/windows';
import { scene } from './monitor-scenes';

describe('a monitoring session', () => {
  test('has every monitor, is healthy without an issue, and scores the mean of those that have a score', () => {
    const session = evaluateMonitors(scene());
    expect(session.monitors.map(({ monitor }) => monitor)).toEqual(MONITORS);
    expect(session.monitors.map(({ state }) => state)).toEqual([
      'watching',
      'watching',
      'watching',
      'no-data',
    ]);
    expect(session).toMatchObject({ healthy: true, score: 100 });
  });

  test('has the mean of unequal scores', () => {
    const windows = windowsOf(90, arm(10, 0, { passed: 1, failed: 1 }), arm(90));
    const session = evaluateMonitors(scene({ windows }));
    expect(session).toMatchObject({ healthy: false, score: 250 / 3 });
  });

  test('that saw nothing is neither healthy nor scored', () => {
    for (const windows of [[], windowsOf(90, null)]) {
      const session = evaluateMonitors(scene({ windows }));
      expect(session).toMatchObject({ healthy: null, score: null });
      expect(session.monitors.every(({ state }) => state === 'no-data')).toBe(true);
    }
  });

  test('that saw something only long ago, or in a future, says nothing', () => {
    const windows = windowsOf(90, arm(10)).slice(60);
    const healthyAt = (atMs: number) => evaluateMonitors(scene({ windows, atMs })).healthy;
    expect(healthyAt(90_000 + 30_000)).toBe(true);
    expect(healthyAt(90_000 + 30_001)).toBeNull();
    expect(healthyAt(0)).toBeNull();
  });

  test('shows a monitor that is switched off as off, and the others go on', () => {
    const monitors = { ...DEFAULT_MONITORING.monitors, errors: 'off' } as const;
    const session = evaluateMonitors(scene({ monitoring: { ...DEFAULT_MONITORING, monitors } }));
    expect(session.monitors[2]).toEqual({
      monitor: 'errors',
      state: 'off',
      healthy: null,
      score: null,
      issues: [],
      values: [],
    });
    expect(session.monitors[0]?.state).toBe('watching');
  });

  test('with impossible numbers says nothing of them', () => {
    const impossible: ArmWindow[] = [
      arm(Number.NaN),
      arm(Number.POSITIVE_INFINITY),
      arm(-5),
      arm(5, 9),
      arm(10, 0, { failed: -1 }),
      { ...arm(10), latency: { buckets: [[0.5, 10]] } },
      { ...arm(10), latency: { buckets: [[3, Number.NaN]] } },
    ];
    for (const candidate of impossible) {
      expect(evaluateMonitors(scene({ windows: windowsOf(90, candidate) })).healthy).toBeNull();
    }
  });
});

const armArb = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 8,
    arbitrary: fc
      .record({
        requests: fc.nat({ max: 60 }),
        failing: fc.constantFrom(0, 0, 0, 0.05, 0.5, 1),
        latencyMs: fc.constantFrom(1, 50, 700, 9_000),
        passed: fc.nat({ max: 4 }),
        failed: fc.nat({ max: 2 }),
      })
      .map(({ requests, failing, ...more }) => arm(requests, Math.floor(requests * failing), more)),
  },
);
const windowsArb: fc.Arbitrary<readonly Window[]> = fc
  .uniqueArray(fc.record({ number: fc.nat({ max: 400 }), candidate: armArb, stable: armArb }), {
    selector: ({ number }) => number,
    maxLength: 80,
  })
  .map((all) =>
    all
      .toSorted((a, b) => a.number - b.number)
      .map(({ number, candidate, stable }) => windowAt(number, candidate, stable)),
  );

describe('every monitoring session', () => {
  test('has scores of 0 to 100, and is never healthy without data', () => {
    fc.assert(
      fc.property(windowsArb, (windows) => {
        const session = evaluateMonitors(scene({ windows, criteria: [ERROR_RATE] }));
        for (const { state, healthy, score, issues } of session.monitors) {
          expect(healthy === null).toBe(state !== 'watching');
          if (score !== null) expect(score >= 0 && score <= 100).toBe(true);
          expect(healthy ?? issues.length === 0).toBe(issues.length === 0);
        }
        if (windows.every(({ arms }) => arms.candidate === null))
          expect(session.healthy).toBeNull();
      }),
    );
  });

  test('depends on the set of windows alone: neither order nor repetition matters', () => {
    fc.assert(
      fc.property(
        windowsArb.chain((windows) =>
          fc.tuple(
            fc.constant(windows),
            fc.shuffledSubarray([...windows], { minLength: windows.length }),
          ),
        ),
        ([windows, shuffled]) => {
          const atMs = 401_000;
          expect(evaluateMonitors(scene({ windows: [...shuffled, ...windows], atMs }))).toEqual(
            evaluateMonitors(scene({ windows, atMs })),
          );
        },
      ),
    );
  });

  test('in an incident that hits both alike holds nothing against the candidate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(20, 900, 6_000),
        (percent, latencyMs) => {
          const both = arm(100, percent, { latencyMs });
          const session = evaluateMonitors(scene({ windows: windowsOf(90, both, both) }));
          expect(session.monitors.flatMap(({ issues }) => issues)).toEqual([]);
        },
      ),
    );
  });
});

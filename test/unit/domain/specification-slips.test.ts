import fc from 'fast-check';
import { readCanary } from '../../../src/config/canary';
import { METRICS } from '../../../src/domain/analysis/criterion';
import { judgeAll } from '../../../src/domain/analysis/judge';
import { evaluateGates } from '../../../src/domain/checks/evaluate-gates';
import { assembleWayBack } from '../../../src/domain/rollback/way-back';
import { assemblePlan, refusePlan } from '../../../src/domain/rollout/assemble-plan';
import { weightLoopSteps } from '../../../src/domain/rollout/weight-loop';
import { gate } from './support/checks';
import { arm, judgeConfig, SECOND_MS, windowsOf } from './support/windows';
import { lastOf, momentsOf } from './support/fleet-model';
import type { ModelState } from './support/fleet-model';
import {
  CANDIDATE,
  ERROR_RATE,
  LIMITS,
  planInput,
  RECREATE,
  ROLLING,
  STABLE,
} from './support/plan-inputs';
import { inputFrom } from './support/way-back-inputs';

const SEED = { initialTraffic: 5, incrementStep: 10, maxTraffic: 100, bake: LIMITS };

const wholeStable = (size: number): ModelState => ({
  fleets: { [STABLE]: { size, healthy: size } },
  weights: { [STABLE]: 100 },
  isQueueing: false,
});

describe('slips of the specification', () => {
  test('canary loop that ends at 95: ours goes on to exactly 100', () => {
    const weights = weightLoopSteps(SEED).map((step) => step.weight);
    expect(weights).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100]);
    const plan = assemblePlan(
      planInput({ strategy: { kind: 'canary', steps: weightLoopSteps(SEED) } }),
    );
    const shifts = plan.steps.filter((step) => step.kind === 'shift');
    expect(shifts.at(-1)?.weights).toEqual({ [CANDIDATE]: 100 });
  });

  test('canary loop that ends at 95: any loop rises strictly, ends at 100 and never overshoots', () => {
    const loop = fc.record({
      initialTraffic: fc.integer({ min: -5, max: 120 }),
      incrementStep: fc.integer({ min: -5, max: 120 }),
      maxTraffic: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(loop, (drawn) => {
        const steps = weightLoopSteps({ ...drawn, bake: LIMITS });
        expect(refusePlan(planInput({ strategy: { kind: 'canary', steps } }))).toEqual([]);
        expect(steps.at(-1)?.weight).toBe(100);
      }),
    );
  });

  test('criteria and gates without direction: every metric knows when it is bad, and low availability is', () => {
    expect(METRICS.availability.badWhen).toBe('below');
    expect(METRICS.error_rate.badWhen).toBe('above');
    const availability = {
      ...ERROR_RATE,
      id: 'automatic/availability',
      metric: 'availability' as const,
      badWhen: METRICS.availability.badWhen,
      threshold: 95,
      durationMs: 10 * SECOND_MS,
    };
    const config = judgeConfig({ criteria: [availability] });
    const down = windowsOf(10, arm(100, 0, { passed: 1, failed: 3 }));
    expect(judgeAll(config, down).verdict.kind).toBe('harm');
    expect(judgeAll(config, windowsOf(10, arm(100))).verdict.kind).toBe('safe');
  });

  test('criteria and gates without direction: 80 is the least coverage and 0 the most vulnerabilities', () => {
    const gates = [gate('unit_test_coverage', 80), gate('critical_vulnerabilities', 0)];
    const passes = (coverage: number, found: number): boolean =>
      evaluateGates(gates, {
        measurements: { unit_test_coverage: coverage, critical_vulnerabilities: found },
        newMeasurements: {},
        previous: null,
        environment: null,
      }).every(({ blocks }) => !blocks);
    expect(passes(80, 0)).toBe(true);
    expect(passes(79, 0)).toBe(false);
    expect(passes(80, 1)).toBe(false);
  });

  test('blue destroyed before its rollback window: it stands until warm is over', () => {
    const { steps } = assemblePlan(planInput({ strategy: { kind: 'blue-green' } }));
    const retired = steps.findIndex((step) => step.kind === 'retire');
    const warm = steps.findIndex((step) => step.phase === 'warm');
    expect(steps[retired]).toMatchObject({ revision: STABLE });
    expect(warm).toBeGreaterThan(-1);
    expect(retired).toBeGreaterThan(warm);
    expect(steps[warm]).toMatchObject({
      limits: { leastMs: 900_000, longestMs: 900_000 },
      onLongest: { kind: 'advance' },
    });
  });

  test.each([1, 2, 3])(
    'batch size 0 below four instances: a quarter of %i still moves at least one in each batch',
    (instances) => {
      const plan = assemblePlan(planInput({ instances, strategy: ROLLING }));
      const sizes = plan.steps.flatMap((step) => (step.kind === 'launch' ? [step.size] : []));
      expect(sizes).toEqual(Array.from({ length: instances }, (_, index) => index + 1));
    },
  );

  test('no rollback for recreate: it is registered before the first effect, and leads to stable again', () => {
    const plan = assemblePlan(planInput({ strategy: RECREATE }));
    expect(plan.steps[0]?.undo).toMatchObject({ kind: 'restore-fleet', revision: STABLE });
    const moments = momentsOf(wholeStable(2), plan.steps);
    for (const state of moments) {
      const back = assembleWayBack(inputFrom(state, plan.wayBack));
      expect(lastOf(momentsOf(state, back))).toEqual(wholeStable(2));
    }
  });

  test('eleven fixed waits against the 15-minute goal: the default canary may end in 4 minutes', () => {
    const leastOf = (block: Parameters<typeof readCanary>[0]): number =>
      readCanary(block).canary.steps.reduce((sum, { bake }) => sum + bake.leastMs, 0);
    expect(leastOf({})).toBe(4 * 60 * SECOND_MS);
    expect(leastOf({})).toBeLessThan(15 * 60 * SECOND_MS);
  });

  test('eleven fixed waits against the 15-minute goal: `preset: seed` keeps them for whoever wants them', () => {
    const { steps } = readCanary({ preset: 'seed' }).canary;
    expect(steps.map(({ weight }) => weight)).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100]);
    expect(steps.every(({ bake }) => bake.leastMs === 300 * SECOND_MS)).toBe(true);
  });

  test('eleven fixed waits against the 15-minute goal: a watch ends as soon as it is safe, and never without its samples', () => {
    const limits = { leastMs: 10 * SECOND_MS, longestMs: 300 * SECOND_MS, minimumRequests: 500 };
    const config = judgeConfig({ limits });
    expect(judgeAll(config, windowsOf(10, arm(50))).verdict.kind).toBe('safe');
    expect(judgeAll(config, windowsOf(9, arm(500))).verdict.kind).toBe('not-yet');
    expect(judgeAll(config, windowsOf(300, arm(1))).verdict.kind).toBe('not-yet');
  });
});

import fc from 'fast-check';
import { METRICS } from '../../../../src/domain/analysis/criterion';
import { judgeAll } from '../../../../src/domain/analysis/judge';
import { assemblePlan, refusePlan } from '../../../../src/domain/rollout/assemble-plan';
import { weightLoopSteps } from '../../../../src/domain/rollout/weight-loop';
import { arm, judgeConfig, SECOND_MS, windowsOf } from '../support/windows';
import { CANDIDATE, ERROR_RATE, LIMITS, planInput, STABLE } from '../support/plan-inputs';

const SEED = { initialTraffic: 5, incrementStep: 10, maxTraffic: 100, bake: LIMITS };

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

  test('eleven fixed waits: a watch ends as soon as it is safe, and never without its samples', () => {
    const limits = { leastMs: 10 * SECOND_MS, longestMs: 300 * SECOND_MS, minimumRequests: 500 };
    const config = judgeConfig({ limits });
    expect(judgeAll(config, windowsOf(10, arm(50))).verdict.kind).toBe('safe');
    expect(judgeAll(config, windowsOf(9, arm(500))).verdict.kind).toBe('not-yet');
    expect(judgeAll(config, windowsOf(300, arm(1))).verdict.kind).toBe('not-yet');
  });
});

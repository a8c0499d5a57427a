import { planText } from '../../../src/cli/output/plan-text';
import { planJson } from '../../../src/cli/output/plan-json';
import type { Criterion } from '../../../src/domain/analysis/criterion';
import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
import { assemblePlan } from '../../../src/domain/rollout/assemble-plan';
import type { PlannedRollout } from '../../../src/domain/rollout/plan';
import type { PlanInput } from '../../../src/domain/rollout/plan-input';
import { PLAN } from '../client/samples';
import { ERROR_RATE, planInput, RECREATE, ROLLING, STABLE } from '../domain/support/plan-inputs';
import { aPlan } from './plan-samples';

const SOURCED: Partial<PlanInput> = {
  monitoring: {
    ...DEFAULT_MONITORING,
    sources: [
      {
        kind: 'http-json',
        name: 'shop-metrics',
        url: 'http://127.0.0.1:1',
        resolutionMs: 60_000,
        lagMs: 30_000,
        timeoutMs: 1_000,
        bearerSecret: null,
        metrics: {},
      },
    ],
  },
};
const style = { color: false, unicode: true, columns: 120 };
const planned = (changes: Partial<PlanInput>): PlannedRollout => ({
  plan: assemblePlan(planInput(changes)),
  digest: PLAN,
});
const textOf = (changes: Partial<PlanInput>): string =>
  planText(planned(changes), [], style).join('\n');

describe('a plan for people', () => {
  test('shows each step, its deadline and its undo', () => {
    const narrow = { ...style, columns: 100 };
    expect(planText(aPlan(), ['no secrets in 7 files'], narrow).join('\n')).toMatchSnapshot();
  });

  test('of a rolling deployment shows what share each batch means, and how long an undo takes', () => {
    expect(textOf({ strategy: ROLLING, instances: 8 })).toMatchSnapshot();
  });

  test('of a recreate deployment shows who waits, for how long, and what an undo is', () => {
    expect(textOf({ strategy: RECREATE, instances: 1 })).toMatchSnapshot();
  });

  test('shows direction, unit, comparison and source of each criterion', () => {
    const business: Criterion = {
      ...ERROR_RATE,
      id: 'manual/business_metric_conversion',
      metric: 'business_metric_conversion',
      threshold: -10,
      badWhen: 'below',
      comparison: 'relative-to-stable',
      source: 'shop-metrics',
      action: 'ask',
      durationMs: 600_000,
    };
    const absolute: Criterion = {
      ...business,
      id: 'automatic/custom_queue',
      metric: 'custom_queue',
      threshold: 500,
      unit: 'number',
      badWhen: 'above',
      comparison: 'absolute',
      action: 'rollback',
    };
    const slow: Criterion = {
      ...ERROR_RATE,
      id: 'automatic/response_time_p99',
      metric: 'response_time_p99',
      unit: 'ms',
      threshold: 5_000,
    };
    const more = { ...slow, id: 'more', comparison: 'relative-to-stable' as const, threshold: 0 };
    const criteria = [ERROR_RATE, slow, { ...more, unit: 'percent' as const }, business, absolute];
    const text = textOf({ ...SOURCED, criteria });
    expect(text).toContain('  guard   error_rate above 5 % for 60 s (');
    expect(text).toContain('  guard   response_time_p99 above 5000 ms for 60 s (');
    expect(text).toContain('  guard   response_time_p99 above stable for 60 s (');
    expect(text).toMatch(
      / {2}ask {5}business_metric_conversion more than 10 % below stable for 10 min, seen by shop-metrics \(/,
    );
    expect(text).toContain('  guard   custom_queue above 500 for 10 min, seen by shop-metrics (');
    expect(planJson(planned({ ...SOURCED, criteria: [business] }), [])).toMatchObject({
      criteria: [
        {
          metric: 'business_metric_conversion',
          badWhen: 'below',
          unit: 'percent',
          comparison: 'relative-to-stable',
          source: 'shop-metrics',
        },
      ],
    });
  });

  test('of a first deployment says that there is no way back', () => {
    expect(textOf({ stable: null })).toContain('undo    leaves nothing serving');
  });
});

describe('a plan for programs', () => {
  test('carries the limits of each watch, and what follows where too little was seen', () => {
    expect(planJson(planned({}), [])).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({
          id: '05-bake-5',
          limits: { leastMs: 60_000, longestMs: 180_000, minimumRequests: 50 },
          onNoData: 'ask',
        }),
      ]) as unknown,
    });
  });

  test('carries sizes, shares and the way back of a rolling deployment', () => {
    expect(planJson(planned({ strategy: ROLLING, instances: 4 }), [])).toMatchObject({
      strategy: 'rolling',
      wayBack: { kind: 'rolling', mostInstances: 5, leastAvailable: 3, longestMs: 180_000 },
      steps: expect.arrayContaining([
        expect.objectContaining({
          kind: 'reduce',
          size: 3,
          undo: { kind: 'restore-fleet', class: 'scaling', revision: STABLE },
        }),
        expect.objectContaining({ kind: 'launch', size: 2 }),
      ]) as unknown,
    });
  });

  test('carries how long a request may wait in a recreate deployment', () => {
    expect(planJson(planned({ strategy: RECREATE }), [])).toMatchObject({
      wayBack: { kind: 'recreate', mostWaitMs: 30_000 },
      steps: expect.arrayContaining([
        expect.objectContaining({ kind: 'queueRequests', mostWaitMs: 30_000 }),
        expect.objectContaining({ kind: 'releaseRequests' }),
      ]) as unknown,
    });
  });
});

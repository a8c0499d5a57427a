import fc from 'fast-check';
import { METRICS } from '../../../../src/domain/analysis/criterion';
import type { Criterion, BuiltInMetric } from '../../../../src/domain/analysis/criterion';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import type {
  BakeLimits,
  RecreateConfig,
  RollingConfig,
  StrategyConfig,
} from '../../../../src/domain/rollout/strategy';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { anyText } from './any-text';
import { ERROR_RATE, planInput, RECREATE, REVISION, ROLLING, STABLE } from './plan-inputs';

export const limitsArb: fc.Arbitrary<BakeLimits> = fc
  .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 2, max: 900 }), fc.nat(5_000))
  .map(([least, more, minimumRequests]) => ({
    leastMs: least * 1_000,
    longestMs: (least + more) * 1_000,
    minimumRequests,
  }));

const canaryArb: fc.Arbitrary<StrategyConfig> = fc
  .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 })
  .chain((weights) =>
    fc.tuple(
      ...weights
        .toSorted((a, b) => a - b)
        .map((weight) => limitsArb.map((bake) => ({ weight, bake }))),
    ),
  )
  .map((steps) => ({ kind: 'canary', steps }));

/** Bounds that every fleet of at most {@link MOST_INSTANCES} can keep. */
const rollingArb: fc.Arbitrary<RollingConfig> = fc
  .record({
    surge: fc.integer({ min: 1, max: 100 }),
    unavailable: fc.integer({ min: 0, max: 90 }),
    bake: limitsArb,
  })
  .map(({ surge, unavailable, bake }) => ({
    ...ROLLING,
    maxSurge: { unit: 'percent', percent: surge },
    maxUnavailable: { unit: 'percent', percent: unavailable },
    bake,
  }));

const recreateArb: fc.Arbitrary<RecreateConfig> = fc
  .record({
    mostWaitMs: fc.integer({ min: 1, max: 120_000 }),
    overlap: fc.constantFrom('none' as const, 'answers' as const),
  })
  .map((changes) => ({ ...RECREATE, ...changes }));

/** Two whole fleets of this size fit on the local target. */
export const MOST_INSTANCES = 32;

const criterionArb: fc.Arbitrary<Omit<Criterion, 'id'>> = fc
  .record({
    metric: fc.constantFrom(...(Object.keys(METRICS) as BuiltInMetric[])),
    threshold: fc.integer({ min: 2, max: 100 }),
    durationMs: fc.integer({ min: 2, max: 1_200 }).map((seconds) => seconds * 1_000),
    action: fc.constantFrom('rollback' as const, 'ask' as const),
    alsoWhenBaselineBreaches: fc.boolean(),
  })
  .map((rule) => ({ ...ERROR_RATE, ...rule, ...meaningOf(rule.metric) }));

const pathArb = anyText(300).map((text) => `/${text}`);

/** Any input that can be planned. */
export const planInputArb: fc.Arbitrary<PlanInput> = fc
  .record({
    stable: fc.option(fc.constant(STABLE), { freq: 4 }),
    instances: fc.integer({ min: 1, max: MOST_INSTANCES }),
    strategy: fc.oneof(
      fc.constant({ kind: 'blue-green' as const }),
      canaryArb,
      rollingArb,
      recreateArb,
    ),
    verify: limitsArb,
    rollbackWindowMs: fc.oneof(fc.constant(0), fc.integer({ min: 2_000, max: 3_600_000 })),
    criteria: fc
      .array(criterionArb, { maxLength: 5 })
      .map((rules) => rules.map((rule, index) => ({ ...rule, id: `automatic/${index}` }))),
    capabilities: fc
      .record({
        headerRoute: fc.boolean(),
        lease: fc.boolean(),
        fence: fc.boolean(),
        queueRequests: fc.boolean(),
      })
      .map((more) => ({ ...LOCAL_TARGET, ...more })),
    drainMs: fc.nat(120_000),
    path: pathArb,
  })
  .map(({ path, ...changes }) => {
    const health = { ...REVISION.health, path };
    return planInput({ ...changes, candidate: { ...REVISION, health } });
  });

function meaningOf(metric: BuiltInMetric): Pick<Criterion, 'unit' | 'badWhen'> {
  const { unit, badWhen } = METRICS[metric];
  return { unit, badWhen };
}

import fc from 'fast-check';
import { BelayError } from '../../../../src/domain/errors';
import { SPECIFICATION_THRESHOLDS } from '../../../../src/domain/monitoring/performance';
import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import { assemblePlan, refusePlan } from '../../../../src/domain/rollout/assemble-plan';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import type { Amount, RollingConfig } from '../../../../src/domain/rollout/strategy';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { planInputArb } from '../support/random-plan-inputs';
import {
  canaryAt,
  ERROR_RATE,
  LIMITS,
  planInput,
  RECREATE,
  REVISION,
  ROLLING,
} from '../support/plan-inputs';

const canary = (...weights: readonly number[]): Partial<PlanInput> => ({
  strategy: { kind: 'canary', steps: canaryAt(...weights) },
});
const rolling = (changes: Partial<RollingConfig>): Partial<PlanInput> => ({
  strategy: { ...ROLLING, ...changes },
});
const count = (value: number): Amount => ({ unit: 'count', count: value });
const percent = (value: number): Amount => ({ unit: 'percent', percent: value });
const SOURCED: Partial<PlanInput> = {
  monitoring: {
    ...DEFAULT_MONITORING,
    sources: [
      {
        kind: 'http-json',
        name: 'shop',
        url: 'http://127.0.0.1:1',
        resolutionMs: 60_000,
        lagMs: 30_000,
        timeoutMs: 1_000,
        bearerSecret: null,
        metrics: { business_metric_sales: { unit: 'number', badWhen: 'below' } },
      },
    ],
  },
};
const criterion = (changes: Partial<typeof ERROR_RATE>): Partial<PlanInput> => ({
  criteria: [{ ...ERROR_RATE, ...changes }],
});

describe('refusePlan', () => {
  test('has nothing against any well-formed input', () => {
    fc.assert(fc.property(planInputArb, (input) => expect(refusePlan(input)).toEqual([])));
  });

  test('gives the arithmetic of a criterion that is shorter than the target can see', () => {
    const capabilities = { ...LOCAL_TARGET, resolutionMs: 60_000, lagMs: 90_000 };
    const refused = refusePlan(
      planInput({ capabilities, verify: { ...LIMITS }, ...criterion({ durationMs: 120_000 }) }),
    );
    expect(refused).toContain(
      'automatic/error_rate: a duration of 120 s is shorter than the target can see: 60 s (resolution) + 90 s (lag) = 150 s',
    );
  });

  test('holds a criterion against what its own source can see, with the arithmetic', () => {
    const own = { metric: 'business_metric_sales' as const, source: 'shop' };
    const refused = (durationMs: number) =>
      refusePlan(planInput({ ...SOURCED, ...criterion({ ...own, durationMs }) }));
    expect(refused(89_000).join('\n')).toContain('60 s (resolution) + 30 s (lag) = 90 s');
    expect(refused(90_000)).toEqual([]);
    const capabilities = { ...LOCAL_TARGET, resolutionMs: 60_000, lagMs: 90_000 };
    const coarse = planInput({ ...SOURCED, ...criterion({ ...own, durationMs: 90_000 }) });
    expect(refusePlan({ ...coarse, capabilities }).join('\n')).not.toContain(
      'automatic/error_rate',
    );
  });

  test('gives the arithmetic of a performance window that no verification can see', () => {
    const performance = { apdexTargetMs: 500, thresholds: SPECIFICATION_THRESHOLDS };
    const monitoring = { ...DEFAULT_MONITORING, performance };
    const verify = (longestMs: number) => ({ leastMs: 0, longestMs, minimumRequests: 0 });
    const refused = (longestMs: number) =>
      refusePlan(planInput({ monitoring, ...canary(5), verify: verify(longestMs) }));
    expect(refused(61_000)).toEqual([
      'verify: longest 61 s never sees the 60 s that performance is judged over: 60 s + 1 s (resolution) + 1 s (lag) = 62 s',
    ]);
    expect(refused(62_000)).toEqual([]);
  });

  test.each<[string, Partial<PlanInput>, string]>([
    [
      'a criterion whose source is not there',
      criterion({ metric: 'custom_a', source: 'shop' }),
      'automatic/error_rate: there is no metric source called shop',
    ],
    ['no instance', { instances: 0 }, 'at least 1'],
    ['half an instance', { instances: 1.5 }, 'whole numbers'],
    ['a threshold above 100 %', criterion({ threshold: 101 }), 'above 100 %'],
    ['a threshold that is no number', criterion({ threshold: Number.NaN }), 'not a number'],
    [
      'a fraction where percent is meant',
      criterion({ metric: 'availability', badWhen: 'below', threshold: 0.995 }),
      'write 99.5',
    ],
    [
      'a criterion against the direction of its metric',
      criterion({ metric: 'availability', badWhen: 'above', threshold: 95 }),
      'is bad when it is below',
    ],
    ['two criteria of one name', { criteria: [ERROR_RATE, ERROR_RATE] }, 'two criteria'],
    ['a canary without steps', canary(), 'at least one weight'],
    ['a weight of 0', canary(0, 50), 'from 1 to 100'],
    ['a weight above 100', canary(50, 110), 'from 1 to 100'],
    ['half a percent', canary(0.5), 'whole percent'],
    ['weights that fall', canary(50, 20), 'rise from step to step'],
    ['the same weight twice', canary(20, 20), 'rise from step to step'],
    [
      'a weight that the target cannot split',
      { ...canary(5), capabilities: { ...LOCAL_TARGET, weightGrain: 10 } },
      'in steps of 10 %',
    ],
    ['longest below least', { verify: { ...LIMITS, longestMs: 1 } }, 'shorter than least'],
    [
      'a watch in which nobody could see anything',
      { verify: { ...LIMITS, leastMs: 0, longestMs: 500 } },
      'need 2 s',
    ],
    [
      'neither surge nor anybody unavailable',
      rolling({ maxSurge: percent(0), maxUnavailable: count(0) }),
      'nothing could ever be replaced',
    ],
    [
      'more surge than there are instances to replace',
      rolling({ maxSurge: count(3) }),
      'more surge than there are instances to replace: at most 2',
    ],
    [
      'bounds that leave nobody to serve, with the way out',
      rolling({ maxUnavailable: count(2) }),
      'takes away 2 of 2 instances, which leaves nobody to serve: write maxSurge 1 and maxUnavailable 0, or deploy with the strategy recreate',
    ],
    [
      'a single instance without surge: what rounds to nothing takes it away',
      { ...rolling({ maxSurge: percent(0) }), instances: 1 },
      'takes away 1 of 1 instance,',
    ],
    ['a surge below 0', rolling({ maxSurge: count(-1) }), 'maxSurge -1: a count of instances'],
    ['half an instance of surge', rolling({ maxSurge: count(0.5) }), 'a whole number of 0 or more'],
    ['more than 100 %', rolling({ maxUnavailable: percent(101) }), 'whole percent from 0 to 100'],
    [
      'a pause whose longest is below its least',
      rolling({ bake: { leastMs: 30_000, longestMs: 20_000, minimumRequests: 0 } }),
      'rolling pause: longest 20 s is shorter than least 30 s',
    ],
    [
      'a share that the target cannot split',
      { ...rolling({}), capabilities: { ...LOCAL_TARGET, weightGrain: 100 } },
      'in steps of 100 % only',
    ],
    [
      'a gap in which nobody may wait',
      { strategy: { ...RECREATE, mostWaitMs: 0 } },
      'the longest that a request waits',
    ],
    [
      'two whole fleets that the target cannot hold, with the arithmetic',
      { strategy: { kind: 'blue-green' }, instances: 40 },
      'blue-green needs 40 (old) + 40 (new) = 80 instances at the same time, and the target takes at most 64: deploy by rolling or recreate',
    ],
    ['the same of a canary', { instances: 33 }, '33 (old) + 33 (new) = 66'],
    [
      'more surge than the target can hold, with the arithmetic',
      { ...rolling({}), instances: 60 },
      'rolling needs 60 + 15 (maxSurge) = 75 instances',
    ],
    [
      'an old fleet beside the new one where the target has room for one',
      { strategy: { ...RECREATE, overlap: 'answers' }, instances: 40 },
      'write `overlap: none`',
    ],
    [
      'a first deployment that the target cannot hold',
      { stable: null, instances: 65 },
      'a first deployment needs 65 instances',
    ],
    ['a negative undo window', { rollbackWindowMs: -1 }, 'rollbackWindow'],
    ['no time to start', { startWithinMs: 0 }, 'startWithin'],
    ['the revision that serves already', { stable: REVISION.digest }, 'serves already'],
    ['a name that is a path', { service: '../shop' }, 'small letters'],
  ])('refuses %s', (_name, changes, reason) => {
    expect(refusePlan(planInput(changes)).join('\n')).toContain(reason);
  });

  test('has room for one instance by rolling, and for a whole host by recreate', () => {
    expect(refusePlan(planInput({ instances: 1, strategy: ROLLING }))).toEqual([]);
    expect(refusePlan(planInput({ instances: 64, strategy: RECREATE }))).toEqual([]);
  });

  test('says nothing about bounds where there is no fleet to bound', () => {
    const refused = refusePlan(planInput({ instances: 0, strategy: ROLLING }));
    expect(refused).toEqual(['instances is 0: a revision runs on at least 1, in whole numbers']);
  });

  test('a plan that is refused is not made, and the error carries every reason', () => {
    const input = planInput({ instances: 0, ...criterion({ threshold: -1 }) });
    expect(() => assemblePlan(input)).toThrow(BelayError);
    expect(() => assemblePlan(input)).toThrow(/at least 1.*not a number/s);
  });
});

import fc from 'fast-check';
import { BelayError } from '../../../../src/domain/errors';
import { assemblePlan, refusePlan } from '../../../../src/domain/rollout/assemble-plan';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { planInputArb } from '../support/random-plan-inputs';
import { canaryAt, ERROR_RATE, LIMITS, planInput, REVISION } from '../support/plan-inputs';

const canary = (...weights: readonly number[]): Partial<PlanInput> => ({
  strategy: { kind: 'canary', steps: canaryAt(...weights) },
});
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

  test.each<[string, Partial<PlanInput>, string]>([
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
    ['a negative undo window', { rollbackWindowMs: -1 }, 'rollbackWindow'],
    ['no time to start', { startWithinMs: 0 }, 'startWithin'],
    ['the revision that serves already', { stable: REVISION.digest }, 'serves already'],
    ['a name that is a path', { service: '../shop' }, 'small letters'],
  ])('refuses %s', (_name, changes, reason) => {
    expect(refusePlan(planInput(changes)).join('\n')).toContain(reason);
  });

  test('a plan that is refused is not made, and the error carries every reason', () => {
    const input = planInput({ instances: 0, ...criterion({ threshold: -1 }) });
    expect(() => assemblePlan(input)).toThrow(BelayError);
    expect(() => assemblePlan(input)).toThrow(/at least 1.*not a number/s);
  });
});

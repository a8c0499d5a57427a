import fc from 'fast-check';
import { orderCompensations } from '../../../../src/domain/rollback/order-compensations';
import type { Compensation } from '../../../../src/domain/rollout/plan';
import { CANDIDATE, STABLE } from '../support/plan-inputs';

const weights = (share: number): Compensation => ({
  class: 'weights',
  kind: 'restore-weights',
  weights: { [STABLE]: share },
});
const fleet = (revision: string): Compensation => ({
  class: 'capacity',
  kind: 'retire-fleet',
  revision,
  drainMs: 1_000,
});

describe('orderCompensations', () => {
  test('traffic leaves before anything is scaled down, last in first out inside a class', () => {
    const registered = [fleet(CANDIDATE), weights(100), fleet('other'), weights(90)];
    expect(orderCompensations(registered)).toEqual([
      weights(90),
      weights(100),
      fleet('other'),
      fleet(CANDIDATE),
    ]);
  });

  test('undoes the same effect once, however many steps registered it', () => {
    expect(orderCompensations([fleet(CANDIDATE), weights(100), weights(100)])).toEqual([
      weights(100),
      fleet(CANDIDATE),
    ]);
  });

  test('loses nothing, repeats nothing, and puts no capacity before a weight', () => {
    const compensation = fc.oneof(
      fc.integer({ min: 0, max: 3 }).map(weights),
      fc.constantFrom('a', 'b', 'c').map(fleet),
    );
    fc.assert(
      fc.property(fc.array(compensation), (registered) => {
        const texts = orderCompensations(registered).map((one) => JSON.stringify(one));
        expect(new Set(texts)).toEqual(new Set(registered.map((one) => JSON.stringify(one))));
        expect(texts).toHaveLength(new Set(texts).size);
        const classes = orderCompensations(registered).map((one) => one.class);
        expect(classes.lastIndexOf('weights')).toBeLessThan(
          classes.includes('capacity') ? classes.indexOf('capacity') : classes.length || 1,
        );
      }),
    );
  });
});

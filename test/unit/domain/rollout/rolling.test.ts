import fc from 'fast-check';
import { assemblePlan, refusePlan } from '../../../../src/domain/rollout/assemble-plan';
import { rollingBounds } from '../../../../src/domain/rollout/amounts';
import type { RolloutPlan, ShiftStep } from '../../../../src/domain/rollout/plan';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import type { RollingConfig } from '../../../../src/domain/rollout/strategy';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { availableOf, heaviestLoadOf, lastOf, momentsOf, totalOf } from '../support/fleet-model';
import type { ModelState } from '../support/fleet-model';
import { CANDIDATE, planInput, ROLLING, STABLE } from '../support/plan-inputs';

interface Drawn {
  readonly input: PlanInput;
  readonly strategy: RollingConfig;
}

const amountArb = fc.oneof(
  fc.nat(12).map((count) => ({ unit: 'count', count }) as const),
  fc.nat(100).map((percent) => ({ unit: 'percent', percent }) as const),
);

/** Any rolling deployment that can be planned, with the old fleet of the same size more often than not. */
const rollingArb: fc.Arbitrary<Drawn> = fc
  .record({
    instances: fc.integer({ min: 1, max: 60 }),
    before: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 2 }),
    maxSurge: amountArb,
    maxUnavailable: amountArb,
    weightGrain: fc.constantFrom(1, 1, 1, 5, 10, 25),
    headerRoute: fc.boolean(),
  })
  .map(({ instances, before, maxSurge, maxUnavailable, ...can }) => {
    const strategy: RollingConfig = { ...ROLLING, maxSurge, maxUnavailable };
    const capabilities = { ...LOCAL_TARGET, mostInstances: 1_000, ...can };
    const stableInstances = before ?? instances;
    return {
      strategy,
      input: planInput({ instances, stableInstances, strategy, capabilities }),
    };
  })
  .filter(({ input }) => refusePlan(input).length === 0);

const startOf = ({ stableInstances: size }: PlanInput): ModelState => ({
  fleets: { [STABLE]: { size, healthy: size } },
  weights: { [STABLE]: 100 },
  isQueueing: false,
});

const holds = (
  check: (plan: RolloutPlan, drawn: Drawn, moments: readonly ModelState[]) => void,
): void => {
  fc.assert(
    fc.property(rollingArb, (drawn) => {
      const plan = assemblePlan(drawn.input);
      check(plan, drawn, momentsOf(startOf(drawn.input), plan.steps));
    }),
  );
};
const sharesOf = ({ steps }: RolloutPlan): readonly number[] =>
  steps
    .filter((step): step is ShiftStep => step.kind === 'shift')
    .map(({ weights }) => weights[CANDIDATE] ?? 0);

describe('every rolling plan', () => {
  test('keeps available at or above desired - maxUnavailable at every moment', () => {
    holds((_plan, { input, strategy }, moments) => {
      const { unavailable } = rollingBounds(strategy, input.instances);
      const least = Math.min(input.instances - unavailable, input.stableInstances);
      for (const moment of moments) expect(availableOf(moment)).toBeGreaterThanOrEqual(least);
    });
  });

  test('keeps the total at or below desired + maxSurge at every moment', () => {
    holds((_plan, { input, strategy }, moments) => {
      const { surge } = rollingBounds(strategy, input.instances);
      const most = Math.max(input.instances + surge, input.stableInstances);
      for (const moment of moments) expect(totalOf(moment)).toBeLessThanOrEqual(most);
    });
  });

  test('ends with exactly the wanted instances of the candidate, nothing of stable, and 100 %', () => {
    holds((_plan, { input: { instances } }, moments) => {
      const { fleets, weights } = lastOf(moments);
      expect(fleets).toEqual({ [CANDIDATE]: { size: instances, healthy: instances } });
      expect(weights).toEqual({ [CANDIDATE]: 100 });
    });
  });

  test('rises strictly from share to share and ends at exactly 100', () => {
    holds((plan) => {
      const shares = sharesOf(plan);
      expect(shares).toEqual([...new Set(shares)].toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(100);
      expect(shares[0]).toBeGreaterThanOrEqual(1);
    });
  });

  test('gives no instance more than its part of what may be unavailable leaves, but for the rounding', () => {
    holds((_plan, { input, strategy }, moments) => {
      const { unavailable } = rollingBounds(strategy, input.instances);
      const least = Math.min(input.instances - unavailable, input.stableInstances);
      const rounding = input.capabilities.weightGrain;
      for (const moment of moments)
        expect(heaviestLoadOf(moment)).toBeLessThanOrEqual(100 / least + rounding);
    });
  });

  test('launches at least one instance more with each launch, waits for it, and gives it weight only then', () => {
    holds((plan) => {
      const sizes = plan.steps.flatMap((step) => (step.kind === 'launch' ? [step.size] : []));
      expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b));
      plan.steps.forEach((step, index) => {
        if (step.kind !== 'launch') return;
        expect(plan.steps[index + 1]).toMatchObject({ kind: 'awaitHealthy', size: step.size });
      });
    });
  });

  test('is watched after each batch but the last, whose watch is the verification', () => {
    holds((plan) => {
      const launches = plan.steps.filter((step) => step.kind === 'launch').length;
      const watches = plan.steps.filter((step) => step.kind === 'bake' && step.phase === 'rollout');
      expect(watches).toHaveLength(launches - 1);
    });
  });

  test('retires stable before it verifies, and has a whole stable to register before it shrinks it', () => {
    holds((plan) => {
      const retired = plan.steps.findIndex((step) => step.kind === 'retire');
      expect(plan.steps[retired]).toMatchObject({ phase: 'rollout', revision: STABLE });
      expect(retired).toBeLessThan(plan.steps.findIndex((step) => step.phase === 'verify'));
      for (const step of plan.steps) {
        if (step.kind !== 'reduce' && step.kind !== 'retire') continue;
        expect(step.undo).toEqual({
          class: 'scaling',
          kind: 'restore-fleet',
          revision: STABLE,
        });
      }
    });
  });

  test('says which batch each step belongs to, and what share it means', () => {
    holds((plan) => {
      for (const step of plan.steps) {
        if (step.phase !== 'rollout' || step.kind === 'smoke') continue;
        expect(step.summary).toMatch(/^Batch \d+ of \d+: /);
        if (step.kind === 'shift')
          expect(step.summary).toMatch(/\d+ of \d+ instances? of \w+, \d+ % of the traffic/);
      }
    });
  });
});

describe('a rolling plan', () => {
  const plan = assemblePlan(planInput({ instances: 8, strategy: ROLLING }));

  test('tries the first batch with requests that no user sees, and only the first', () => {
    expect(plan.steps.map(({ id }) => id).slice(0, 7)).toEqual([
      '01-reduce',
      '02-launch',
      '03-healthy',
      '04-smoke',
      '05-shift-50',
      '06-reduce',
      '07-bake-50',
    ]);
    expect(plan.steps.filter(({ kind }) => kind === 'smoke')).toHaveLength(1);
  });

  test('says in warm that an undo is a reverse rollout, and how long that takes', () => {
    expect(plan.steps.find(({ phase }) => phase === 'warm')?.summary).toContain(
      'undo is a reverse rollout of 2 batches, about 3 m at most',
    );
    expect(plan.wayBack).toEqual({
      kind: 'rolling',
      instances: 8,
      mostInstances: 10,
      leastAvailable: 6,
      batches: 2,
      longestMs: 180_000,
    });
  });

  test('goes back to as many instances as stable had, with room for the larger fleet', () => {
    const grown = planInput({ instances: 8, stableInstances: 2, strategy: ROLLING });
    expect(assemblePlan(grown).wayBack).toMatchObject({
      instances: 2,
      mostInstances: 10,
      leastAvailable: 1,
    });
  });

  test('replaces a single instance with one beside it', () => {
    const one = assemblePlan(planInput({ instances: 1, strategy: ROLLING }));
    expect(one.steps.map(({ id }) => id)).toEqual([
      '01-launch',
      '02-healthy',
      '03-smoke',
      '04-shift-100',
      '05-drain',
      '06-retire',
      '07-verify',
      '08-warm',
    ]);
  });

  test('of a first deployment is a first deployment', () => {
    const first = assemblePlan(planInput({ stable: null, stableInstances: 0, strategy: ROLLING }));
    expect(first).toMatchObject({ strategy: 'first', wayBack: { kind: 'shift' } });
  });
});

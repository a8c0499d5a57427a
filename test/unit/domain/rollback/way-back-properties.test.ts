import fc from 'fast-check';
import { assembleWayBack } from '../../../../src/domain/rollback/way-back';
import { assemblePlan, refusePlan } from '../../../../src/domain/rollout/assemble-plan';
import type { RecreateBack, RollBack } from '../../../../src/domain/rollout/plan';
import { availableOf, lastOf, momentsOf, totalOf } from '../support/fleet-model';
import type { ModelFleet, ModelState } from '../support/fleet-model';
import { CANDIDATE, planInput, ROLLING, STABLE } from '../support/plan-inputs';
import { GAP, inputFrom, ROLL, stateOf, whole } from '../support/way-back-inputs';

interface Drawn {
  readonly back: RollBack | RecreateBack;
  readonly state: ModelState;
}

const fleetArb = (most: number): fc.Arbitrary<ModelFleet | undefined> =>
  fc.option(
    fc
      .tuple(fc.nat(most), fc.nat(most))
      .map(([size, healthy]) => ({ size, healthy: Math.min(size, healthy) })),
    { nil: undefined, freq: 5 },
  );

/** Any fleets and any weights: also those that no rollout leaves behind. */
const randomArb = (wayBack: (instances: number) => fc.Arbitrary<Drawn['back']>) =>
  fc.integer({ min: 1, max: 30 }).chain((instances) =>
    fc.record({
      back: wayBack(instances),
      state: fc
        .record({
          old: fleetArb(instances),
          candidate: fleetArb(instances),
          share: fc.integer({ min: 0, max: 100 }),
          isWeighed: fc.boolean(),
          isQueueing: fc.boolean(),
        })
        .map(({ old, candidate, share, isWeighed, isQueueing }) =>
          stateOf({
            ...(old ? { old } : {}),
            ...(candidate ? { candidate } : {}),
            weights: isWeighed ? split(share) : {},
            isQueueing,
          }),
        ),
    }),
  );

function split(share: number): Readonly<Record<string, number>> {
  if (share === 0) return { [CANDIDATE]: 100 };
  return share === 100 ? { [STABLE]: 100 } : { [STABLE]: share, [CANDIDATE]: 100 - share };
}

const rollArb = (instances: number): fc.Arbitrary<RollBack> =>
  fc
    .record({
      surge: fc.integer({ min: 0, max: instances }),
      unavailable: fc.integer({ min: 0, max: instances - 1 }),
    })
    .filter(({ surge, unavailable }) => surge + unavailable > 0)
    .map(({ surge, unavailable }) => ({
      ...ROLL,
      instances,
      mostInstances: instances + surge,
      leastAvailable: instances - unavailable,
    }));

const gapArb = (instances: number): fc.Arbitrary<RecreateBack> =>
  fc
    .constantFrom('none' as const, 'answers' as const)
    .map((overlap) => ({ ...GAP, instances, overlap }));

/** Every moment of a real rolling deployment, forward and in the middle of a step. */
const reachableArb: fc.Arbitrary<Drawn> = fc
  .record({
    instances: fc.integer({ min: 1, max: 30 }),
    before: fc.integer({ min: 1, max: 30 }),
    surge: fc.nat(8),
    unavailable: fc.nat(8),
    moment: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ instances, before, surge, unavailable, moment }) => {
    const strategy = {
      ...ROLLING,
      maxSurge: { unit: 'count', count: surge } as const,
      maxUnavailable: { unit: 'count', count: unavailable } as const,
    };
    return { moment, input: planInput({ instances, stableInstances: before, strategy }) };
  })
  .filter(({ input }) => refusePlan(input).length === 0)
  .map(({ input, moment }) => {
    const plan = assemblePlan(input);
    const start = stateOf({ old: whole(input.stableInstances), weights: { [STABLE]: 100 } });
    const moments = momentsOf(start, plan.steps);
    const state = moments[Math.floor(moment * (moments.length - 1))] ?? start;
    return { back: plan.wayBack as RollBack, state };
  });

const anyArb: fc.Arbitrary<Drawn> = fc.oneof(randomArb(rollArb), reachableArb, randomArb(gapArb));
const wentBack = ({ state, back }: Drawn): readonly ModelState[] =>
  momentsOf(state, assembleWayBack(inputFrom(state, back)));

function healthyOf({ fleets }: ModelState, revision: string): number {
  return fleets[revision]?.healthy ?? 0;
}

describe('the way back from any state', () => {
  test('ends with a whole and healthy stable, all traffic, and nothing of the candidate', () => {
    fc.assert(
      fc.property(anyArb, (drawn) => {
        const end = lastOf(wentBack(drawn));
        const size = Math.max(drawn.state.fleets[STABLE]?.size ?? 0, drawn.back.instances);
        expect(end).toEqual({
          fleets: { [STABLE]: { size, healthy: size } },
          weights: { [STABLE]: 100 },
          isQueueing: false,
        });
      }),
    );
  });

  test('never gives weight to a fleet without a healthy instance', () => {
    // The model refuses such a shift; a fleet that had weight before may lose its last instance only with it.
    fc.assert(
      fc.property(anyArb, (drawn) => {
        const [start, ...rest] = wentBack(drawn);
        for (const { weights, fleets } of rest) {
          if (JSON.stringify(weights) === JSON.stringify(start?.weights)) continue;
          for (const revision of Object.keys(weights))
            expect(fleets[revision]?.healthy ?? 0).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('never takes back what stable was given, but for a gap and for a stable that nobody can reach', () => {
    fc.assert(
      fc.property(anyArb, (drawn) => {
        const shares = wentBack(drawn)
          .filter(({ weights }) => Object.keys(weights).length > 0)
          .map(({ weights }) => weights[STABLE] ?? 0);
        const isDead = (drawn.state.fleets[STABLE]?.healthy ?? 0) === 0;
        const rises = isDead || drawn.back.kind === 'recreate' ? shares.slice(2) : shares;
        expect(rises).toEqual(rises.toSorted((a, b) => a - b));
      }),
    );
  });

  test('from its own end only commands the weights again', () => {
    fc.assert(
      fc.property(anyArb, (drawn) => {
        const end = lastOf(wentBack(drawn));
        const again = assembleWayBack(inputFrom(end, drawn.back));
        expect(again.map(({ kind }) => kind)).toEqual(['shift']);
        expect(again[0]).toMatchObject({ weights: { [STABLE]: 100 } });
      }),
    );
  });

  test('has a deadline for each step, nothing to undo, and ids of its own', () => {
    fc.assert(
      fc.property(anyArb, ({ state, back }) => {
        const steps = assembleWayBack(inputFrom(state, back));
        expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
        for (const step of steps) {
          expect(step).toMatchObject({ phase: 'rollback', undo: null });
          expect(step.id).toMatch(/^back-\d\d-/);
          expect(step.deadlineMs).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('keeps the bounds of a rolling deployment at every moment, or what stood at the start', () => {
    fc.assert(
      fc.property(fc.oneof(randomArb(rollArb), reachableArb), (drawn) => {
        const { leastAvailable, mostInstances } = drawn.back as RollBack;
        const most = Math.max(mostInstances, totalOf(drawn.state));
        const least = Math.min(leastAvailable, availableOf(drawn.state));
        for (const moment of wentBack(drawn)) {
          expect(totalOf(moment)).toBeLessThanOrEqual(most);
          expect(availableOf(moment)).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });

  test('puts at most twice its load on an instance of stable while the candidate answers', () => {
    fc.assert(
      fc.property(reachableArb, (drawn) => {
        const usual = 100 / drawn.back.instances;
        const before = drawn.state.weights[STABLE] ?? 0;
        for (const moment of wentBack(drawn).slice(1)) {
          const share = moment.weights[STABLE] ?? 0;
          if (share <= before || !(healthyOf(moment, CANDIDATE) > 0)) continue;
          const most = Math.max(2 * usual, 100 / availableOf(moment));
          expect(share).toBeLessThanOrEqual(healthyOf(moment, STABLE) * most + 1);
        }
      }),
    );
  });

  test('goes back at once, whatever the health of the candidate, where stable stands whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fleetArb(30), (instances, candidate) => {
        const state = stateOf({
          old: whole(instances),
          ...(candidate ? { candidate } : {}),
          weights: { [CANDIDATE]: 100 },
        });
        for (const back of [{ ...ROLL, instances, mostInstances: instances + 1 }, GAP])
          expect(assembleWayBack(inputFrom(state, { ...back, instances }))[0]).toMatchObject({
            kind: 'shift',
            weights: { [STABLE]: 100 },
          });
      }),
    );
  });
});

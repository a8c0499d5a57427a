import fc from 'fast-check';
import { assembleWayBack } from '../../../../src/domain/rollback/way-back';
import type { WayBackInput } from '../../../../src/domain/rollback/way-back';
import { assemblePlan, refusePlan } from '../../../../src/domain/rollout/assemble-plan';
import type { RecreateBack, RollBack, Step, WayBack } from '../../../../src/domain/rollout/plan';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { availableOf, lastOf, momentsOf, totalOf } from '../support/fleet-model';
import type { ModelFleet, ModelState } from '../support/fleet-model';
import { CANDIDATE, planInput, RECREATE, REVISION, ROLLING, STABLE } from '../support/plan-inputs';

const OLD = { ...REVISION, digest: STABLE };
const ROLL: RollBack = {
  kind: 'rolling',
  instances: 4,
  mostInstances: 5,
  leastAvailable: 3,
  batches: 2,
  longestMs: 180_000,
};
const GAP: RecreateBack = {
  kind: 'recreate',
  instances: 4,
  mostWaitMs: 30_000,
  overlap: 'none',
  longestMs: 80_000,
};

interface Standing {
  readonly old?: ModelFleet;
  readonly candidate?: ModelFleet;
  readonly weights?: Readonly<Record<string, number>>;
  readonly isQueueing?: boolean;
}

const whole = (size: number): ModelFleet => ({ size, healthy: size });
const stateOf = ({ old, candidate, weights = {}, isQueueing = false }: Standing): ModelState => ({
  fleets: {
    ...(old ? { [STABLE]: old } : {}),
    ...(candidate ? { [CANDIDATE]: candidate } : {}),
  },
  weights,
  isQueueing,
});
const inputFrom = (state: ModelState, wayBack: WayBack): WayBackInput => ({
  wayBack,
  stable: OLD,
  candidate: CANDIDATE,
  fleets: Object.entries(state.fleets).map(([revision, fleet]) => ({ revision, ...fleet })),
  traffic: { commanded: state.weights, isQueueing: state.isQueueing },
  drainMs: 30_000,
  startWithinMs: 60_000,
  capabilities: LOCAL_TARGET,
});
const backFrom = (standing: Standing, wayBack: WayBack): readonly string[] =>
  assembleWayBack(inputFrom(stateOf(standing), wayBack)).map((step) => `${step.id}${sizeOf(step)}`);
const sizeOf = (step: Step): string => ('size' in step ? ` ${step.size}` : '');

describe('the way back of a rolling deployment', () => {
  test('gives stable at once what twice its load is, then brings it back batch by batch', () => {
    const weights = { [STABLE]: 25, [CANDIDATE]: 75 };
    expect(backFrom({ old: whole(1), candidate: whole(3), weights }, ROLL)).toEqual([
      'back-01-shift-50',
      'back-02-reduce 2',
      'back-03-launch 3',
      'back-04-healthy 3',
      'back-05-shift-100',
      'back-06-reduce 1',
      'back-07-launch 4',
      'back-08-healthy 4',
      'back-09-retire',
    ]);
  });

  test('is one change of weight where stable stands whole', () => {
    const weights = { [STABLE]: 75, [CANDIDATE]: 25 };
    expect(backFrom({ old: whole(4), candidate: whole(1), weights }, ROLL)).toEqual([
      'back-01-shift-100',
      'back-02-retire',
    ]);
  });

  test('only starts what is missing where nothing of the candidate stands', () => {
    expect(backFrom({ old: whole(3), weights: { [STABLE]: 100 } }, ROLL)).toEqual([
      'back-01-shift-100',
      'back-02-launch 4',
      'back-03-healthy 4',
    ]);
  });

  test('leaves at once a candidate of which nobody answers', () => {
    const candidate = { size: 3, healthy: 0 };
    const weights = { [STABLE]: 50, [CANDIDATE]: 50 };
    expect(backFrom({ old: whole(2), candidate, weights }, ROLL)).toEqual([
      'back-01-shift-100',
      'back-02-retire',
      'back-03-launch 4',
      'back-04-healthy 4',
    ]);
  });

  test('leaves the traffic to the candidate until an instance of stable answers', () => {
    const old = { size: 2, healthy: 0 };
    const weights = { [STABLE]: 50, [CANDIDATE]: 50 };
    const steps = backFrom({ old, candidate: whole(2), weights }, ROLL);
    expect(steps.slice(0, 4)).toEqual([
      'back-01-shift-candidate',
      'back-02-healthy 2',
      'back-03-shift-100',
      'back-04-reduce 1',
    ]);
  });

  test('starts stable beside a candidate where neither answers', () => {
    const old = { size: 1, healthy: 0 };
    const candidate = { size: 3, healthy: 0 };
    const weights = { [STABLE]: 25, [CANDIDATE]: 75 };
    expect(backFrom({ old, candidate, weights }, ROLL)).toEqual([
      'back-01-reduce 1',
      'back-02-launch 4',
      'back-03-healthy 4',
      'back-04-shift-100',
      'back-05-retire',
    ]);
  });

  test('gives no traffic to a candidate that had none', () => {
    expect(
      backFrom({ old: whole(3), candidate: whole(1), weights: { [STABLE]: 100 } }, ROLL)[0],
    ).toBe('back-01-shift-100');
  });

  test('lets those go on who wait, after the last change of weight', () => {
    const steps = backFrom({ old: whole(4), candidate: whole(1), isQueueing: true }, ROLL);
    expect(steps.at(-1)).toMatch(/release$/);
  });

  test('says which batch a step belongs to and what it does', () => {
    const weights = { [STABLE]: 25, [CANDIDATE]: 75 };
    const steps = assembleWayBack(
      inputFrom(stateOf({ old: whole(1), candidate: whole(3), weights }), ROLL),
    );
    expect(steps.map(({ summary }) => summary).slice(0, 3)).toEqual([
      'Way back: give aaaaaaaaaaaa 50 % of the traffic, bbbbbbbbbbbb the rest',
      'Way back, batch 1 of 2: stop instances of bbbbbbbbbbbb until 2 are left, each drained first',
      'Way back, batch 1 of 2: start instances of aaaaaaaaaaaa until there are 3',
    ]);
  });
});

describe('the way back of a recreate deployment', () => {
  test('is the same gap the other way round, and the release its last word to the traffic', () => {
    expect(backFrom({ candidate: whole(4), weights: { [CANDIDATE]: 100 } }, GAP)).toEqual([
      'back-01-queue',
      'back-02-shift-none',
      'back-03-retire',
      'back-04-launch 4',
      'back-05-healthy 4',
      'back-06-shift-100',
      'back-07-release',
    ]);
  });

  test('cuts off what the candidate still answers after a third of the wait', () => {
    const input = inputFrom(stateOf({ candidate: whole(4) }), GAP);
    const retired = assembleWayBack(input).find((step) => step.kind === 'retire');
    expect(retired).toMatchObject({ drainMs: 10_000 });
  });

  test('lets the candidate end beside stable where answers may overlap', () => {
    const back = { ...GAP, overlap: 'answers' as const };
    const steps = backFrom({ candidate: whole(4), weights: { [CANDIDATE]: 100 } }, back);
    expect(steps.slice(-2)).toEqual(['back-06-release', 'back-07-retire']);
  });

  test('gives stable its traffic at once where it still stands', () => {
    expect(backFrom({ old: whole(4), candidate: whole(1), isQueueing: true }, GAP)).toEqual([
      'back-01-shift-100',
      'back-02-release',
      'back-03-retire',
    ]);
  });

  test('completes a stable that was already losing instances', () => {
    expect(backFrom({ old: whole(2), isQueueing: true }, GAP)).toEqual([
      'back-01-shift-100',
      'back-02-release',
      'back-03-launch 4',
      'back-04-healthy 4',
    ]);
  });

  test('puts no more than twice its load on the rest of stable while the candidate serves', () => {
    const weights = { [CANDIDATE]: 100 };
    expect(backFrom({ old: whole(1), candidate: whole(4), weights }, GAP)[0]).toBe('back-01-queue');
  });

  test('goes through the gap without a queue where the target has none', () => {
    const input = inputFrom(stateOf({ candidate: whole(4) }), GAP);
    const capabilities = { ...LOCAL_TARGET, queueRequests: false };
    const kinds = assembleWayBack({ ...input, capabilities }).map(({ kind }) => kind);
    expect(kinds).toEqual(['shift', 'retire', 'launch', 'awaitHealthy', 'shift']);
  });
});

describe('the way back while the old fleet stands', () => {
  const SHIFT: WayBack = { kind: 'shift' };

  test('is one change of weight, then the candidate goes', () => {
    const weights = { [STABLE]: 80, [CANDIDATE]: 20 };
    expect(backFrom({ old: whole(2), candidate: whole(2), weights }, SHIFT)).toEqual([
      'back-01-shift-100',
      'back-02-retire',
    ]);
  });

  test('brings stable back first where nobody of it answers', () => {
    const old = { size: 2, healthy: 0 };
    const weights = { [STABLE]: 80, [CANDIDATE]: 20 };
    expect(backFrom({ old, candidate: whole(2), weights }, SHIFT)).toEqual([
      'back-01-shift-candidate',
      'back-02-healthy 2',
      'back-03-shift-100',
      'back-04-retire',
    ]);
  });

  test('leaves nothing where nothing served before', () => {
    const state = stateOf({ candidate: whole(2), weights: { [CANDIDATE]: 100 } });
    const steps = assembleWayBack({ ...inputFrom(state, SHIFT), stable: null });
    expect(steps.map(({ id }) => id)).toEqual(['back-01-shift-none', 'back-02-retire']);
    expect(lastOf(momentsOf(state, steps))).toEqual({
      fleets: {},
      weights: {},
      isQueueing: false,
    });
  });
});

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
        for (const { fleets, weights } of wentBack(drawn).slice(1)) {
          const share = weights[STABLE] ?? 0;
          const healthy = fleets[STABLE]?.healthy ?? 0;
          if (share <= before || (fleets[CANDIDATE]?.healthy ?? 0) === 0) continue;
          const follows = 100 / availableOf({ fleets, weights, isQueueing: false });
          const [most] = [2 * usual, follows].toSorted((a, b) => b - a);
          expect(share).toBeLessThanOrEqual(healthy * (most ?? 0) + 1);
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

import fc from 'fast-check';
import { orderCompensations } from '../../../../src/domain/rollback/order-compensations';
import { assemblePlan } from '../../../../src/domain/rollout/assemble-plan';
import { planFingerprint } from '../../../../src/domain/rollout/plan';
import type { BakeStep, RolloutPlan, Step, Weights } from '../../../../src/domain/rollout/plan';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import { utf8Bytes } from '../../../../src/domain/format/one-line';
import { availableOf, lastOf, momentsOf } from '../support/fleet-model';
import type { ModelState } from '../support/fleet-model';
import { MOST_INSTANCES, planInputArb } from '../support/random-plan-inputs';
import { CANDIDATE, STABLE } from '../support/plan-inputs';

const holds = (check: (plan: RolloutPlan, input: PlanInput) => void): void => {
  fc.assert(
    fc.property(planInputArb, (input) => {
      check(assemblePlan(input), input);
    }),
  );
};
/** Only plans whose old fleet stands whole until warm ends. */
const holdsWhereStableStands = (check: (plan: RolloutPlan) => void): void => {
  holds((plan) => {
    if (plan.wayBack.kind === 'shift') check(plan);
  });
};
const startOf = ({ stable, stableInstances: size }: PlanInput): ModelState =>
  stable === null
    ? { fleets: {}, weights: {}, isQueueing: false }
    : {
        fleets: { [stable]: { size, healthy: size } },
        weights: { [stable]: 100 },
        isQueueing: false,
      };
const total = (weights: Weights): number => Object.values(weights).reduce((a, b) => a + b, 0);
const indexOf = (plan: RolloutPlan, kind: Step['kind']): number =>
  plan.steps.findIndex(
    (step) => step.kind === kind && (step.kind !== 'shift' || CANDIDATE in step.weights),
  );
const bakes = (plan: RolloutPlan): readonly BakeStep[] =>
  plan.steps.filter((step) => step.kind === 'bake');

describe('every plan keeps the order rules', () => {
  test('never a weight before the candidate is healthy', () => {
    holds((plan) => {
      const order = (['launch', 'awaitHealthy', 'shift'] as const).map((kind) =>
        indexOf(plan, kind),
      );
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(order).not.toContain(-1);
    });
  });

  test('weights always sum to 100, and only revisions of the plan have one', () => {
    holds((plan) => {
      for (const step of plan.steps) {
        if (!('weights' in step)) continue;
        const isGap = plan.strategy === 'recreate' && Object.keys(step.weights).length === 0;
        expect(total(step.weights)).toBe(isGap ? 0 : 100);
        for (const revision of Object.keys(step.weights)) {
          expect([plan.stable, plan.candidate.digest]).toContain(revision);
        }
      }
    });
  });

  test('the candidate rises strictly, never overshoots, and the last step is exactly 100', () => {
    holds((plan) => {
      const shifts = plan.steps.filter((step) => step.kind === 'shift');
      const weights = shifts.map((step) => step.weights[CANDIDATE] ?? 0);
      expect(weights).toEqual([...new Set(weights)].toSorted((a, b) => a - b));
      expect(weights.at(-1)).toBe(100);
      expect(shifts.at(-1)?.weights).toEqual({ [CANDIDATE]: 100 });
    });
  });

  test('where stable stands whole, the candidate starts at full size whatever its weight', () => {
    holdsWhereStableStands((plan) => {
      const launch = plan.steps.find((step) => step.kind === 'launch');
      expect(launch?.size).toBe(plan.instances);
      expect(plan.steps.filter((step) => step.kind === 'launch')).toHaveLength(1);
    });
  });

  test('where stable stands whole, every shift is watched at its own weights before the next step', () => {
    holdsWhereStableStands((plan) => {
      plan.steps.forEach((step, index) => {
        if (step.kind !== 'shift') return;
        const next = plan.steps[index + 1];
        expect(next).toMatchObject({ kind: 'bake', weights: step.weights });
      });
    });
  });

  test('whatever shrinks stable before it is live registers that it has to be brought back', () => {
    holds((plan) => {
      const live = plan.steps.findIndex((step) => step.phase === 'verify');
      const register = (index: number): boolean =>
        plan.steps.slice(0, index + 1).some((step) => step.undo?.kind === 'restore-fleet');
      plan.steps.slice(0, live).forEach((step, index) => {
        if (step.kind === 'reduce' || step.kind === 'retire') expect(register(index)).toBe(true);
        if (step.kind === 'shift' && total(step.weights) === 0) expect(register(index)).toBe(true);
      });
      expect(register(live)).toBe(plan.wayBack.kind !== 'shift');
      const undos = plan.steps.flatMap(({ undo }) => undo?.kind ?? []);
      const first = undos.indexOf('restore-fleet');
      if (first !== -1) expect(new Set(undos.slice(first))).toEqual(new Set(['restore-fleet']));
    });
  });

  test('everything that acts before it is live has its compensation, and the compensation leads back', () => {
    holdsWhereStableStands((plan) => {
      const acting = plan.steps.filter((step) => step.kind === 'launch' || step.kind === 'shift');
      expect(acting.every((step) => step.undo !== null)).toBe(true);
      const undone = orderCompensations(acting.flatMap((step) => step.undo ?? []));
      expect(undone[0]).toMatchObject({ weights: plan.stable === null ? {} : { [STABLE]: 100 } });
      expect(undone.slice(1)).toMatchObject([{ kind: 'retire-fleet', revision: CANDIDATE }]);
    });
  });

  test('every step has a deadline, and every watch ends before its own', () => {
    holds((plan) => {
      for (const step of plan.steps) {
        expect(Number.isFinite(step.deadlineMs) && step.deadlineMs > 0).toBe(true);
        if (step.kind === 'bake') expect(step.deadlineMs).toBeGreaterThan(step.limits.longestMs);
      }
    });
  });

  test('a target takes every step: weight only where somebody is healthy, nothing with weight goes, the end is whole', () => {
    holds((plan, input) => {
      const moments = momentsOf(startOf(input), plan.steps);
      const { instances: size } = input;
      expect(lastOf(moments)).toEqual({
        fleets: { [CANDIDATE]: { size, healthy: size } },
        weights: { [CANDIDATE]: 100 },
        isQueueing: false,
      });
    });
  });

  test('somebody can serve at every moment, but for the gap of recreate', () => {
    holds((plan, input) => {
      if (plan.stable === null || plan.strategy === 'recreate') return;
      for (const moment of momentsOf(startOf(input), plan.steps))
        expect(availableOf(moment)).toBeGreaterThan(0);
    });
  });

  test('where stable stands whole, nothing is drained or retired before verify and warm are over', () => {
    holdsWhereStableStands((plan) => {
      const lastWatch = plan.steps.findLastIndex((step) => step.kind === 'bake');
      plan.steps.forEach((step, index) => {
        if (step.kind !== 'drain' && step.kind !== 'retire') return;
        expect(step.revision).toBe(STABLE);
        expect(index).toBeGreaterThan(lastWatch);
      });
      expect(plan.steps.filter((step) => step.kind === 'retire')).toHaveLength(
        plan.stable === null ? 0 : 1,
      );
    });
  });

  test('phases follow each other, ids are unique and summaries are one short line', () => {
    holds((plan) => {
      const phases = ['rollout', 'verify', 'warm', 'finish'];
      const order = plan.steps.map((step) => phases.indexOf(step.phase));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(new Set(plan.steps.map((step) => step.id)).size).toBe(plan.steps.length);
      for (const step of plan.steps) {
        expect(step.summary).not.toMatch(/[\r\n]/);
        expect(utf8Bytes(step.summary)).toBeLessThanOrEqual(200);
      }
    });
  });

  test('a criterion is complete in the first watch by whose earliest end its duration has passed', () => {
    holds((plan) => {
      const watches = bakes(plan);
      for (const { criterion, completeIn } of plan.criteria) {
        const index = watches.findIndex((step) => step.id === completeIn);
        const seenBefore = (count: number): number =>
          watches.slice(0, count).reduce((sum, step) => sum + step.limits.leastMs, 0);
        if (index === -1) {
          expect(seenBefore(watches.length)).toBeLessThan(criterion.durationMs);
        } else {
          expect(seenBefore(index + 1)).toBeGreaterThanOrEqual(criterion.durationMs);
          expect(seenBefore(index)).toBeLessThan(criterion.durationMs);
        }
        expect(plan.notes.join('\n')).toContain(criterion.id);
      }
    });
  });

  test('the same input gives the same plan, and sizes do not touch what an approval binds', () => {
    fc.assert(
      fc.property(planInputArb, fc.integer({ min: 1, max: MOST_INSTANCES }), (input, instances) => {
        const plan = assemblePlan(input);
        expect(assemblePlan(input)).toEqual(plan);
        // The batches of a rolling plan, and with them its weights, are made of the size.
        if (plan.strategy === 'rolling') return;
        expect(planFingerprint(assemblePlan({ ...input, instances }))).toEqual(
          planFingerprint(plan),
        );
      }),
    );
  });

  test('another revision, weight or criterion is another plan to approve', () => {
    fc.assert(
      fc.property(planInputArb, (input) => {
        const before = JSON.stringify(planFingerprint(assemblePlan(input)));
        const other = { ...input.candidate, digest: `sha256:${'d'.repeat(64)}` };
        const changes = [
          { candidate: other },
          { stable: input.stable === null ? STABLE : null },
          { verify: { ...input.verify, longestMs: input.verify.longestMs + 3_600_000 } },
        ];
        for (const change of changes) {
          const after = JSON.stringify(planFingerprint(assemblePlan({ ...input, ...change })));
          expect(after).not.toBe(before);
        }
      }),
    );
  });
});

import { assemblePlan } from '../../../../src/domain/rollout/assemble-plan';
import type { RolloutPlan } from '../../../../src/domain/rollout/plan';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import type { RecreateConfig } from '../../../../src/domain/rollout/strategy';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { availableOf, momentsOf } from '../support/fleet-model';
import { planInput, RECREATE, STABLE } from '../support/plan-inputs';

const planOf = (
  strategy: Partial<RecreateConfig> = {},
  changes: Partial<PlanInput> = {},
): RolloutPlan => assemblePlan(planInput({ strategy: { ...RECREATE, ...strategy }, ...changes }));
const idsOf = ({ steps }: RolloutPlan): readonly string[] => steps.map(({ id }) => id);
const START = {
  fleets: { [STABLE]: { size: 2, healthy: 2 } },
  weights: { [STABLE]: 100 },
  isQueueing: false,
};

describe('a recreate plan', () => {
  test('holds requests, ends the old revision, starts the new one, and lets the requests go on', () => {
    expect(idsOf(planOf())).toEqual([
      '01-queue',
      '02-shift-none',
      '03-drain',
      '04-retire',
      '05-launch',
      '06-healthy',
      '07-smoke',
      '08-shift-100',
      '09-release',
      '10-verify',
      '11-warm',
    ]);
  });

  test('leaves no process of the old revision when the first of the new one starts', () => {
    const { steps } = planOf();
    const launch = steps.findIndex(({ kind }) => kind === 'launch');
    const [atLaunch] = momentsOf(START, steps.slice(0, launch)).slice(-1);
    expect(atLaunch?.fleets).toEqual({});
  });

  test('lets the old revision end what it has begun beside the new one where answers may overlap', () => {
    const plan = planOf({ overlap: 'answers' });
    expect(idsOf(plan)).toEqual([
      '01-queue',
      '02-shift-none',
      '03-launch',
      '04-healthy',
      '05-smoke',
      '06-shift-100',
      '07-release',
      '08-drain',
      '09-retire',
      '10-verify',
      '11-warm',
    ]);
    expect(plan.steps.find(({ kind }) => kind === 'drain')).toMatchObject({ timeoutMs: 30_000 });
  });

  test('has its requests waiting at every moment in which nobody has weight', () => {
    for (const overlap of ['none', 'answers'] as const) {
      const moments = momentsOf(START, planOf({ overlap }).steps);
      for (const moment of moments) {
        if (Object.keys(moment.weights).length === 0) expect(moment.isQueueing).toBe(true);
      }
      expect(moments.some((moment) => availableOf(moment) === 0)).toBe(overlap === 'none');
    }
  });

  test('drains for at most a third of the time that a request waits', () => {
    const drainOf = (mostWaitMs: number): unknown =>
      planOf({ mostWaitMs }).steps.find(({ kind }) => kind === 'drain');
    expect(drainOf(30_000)).toMatchObject({ timeoutMs: 10_000 });
    expect(drainOf(600_000)).toMatchObject({ timeoutMs: 30_000 });
  });

  test('goes back through the same gap, registered before the first effect', () => {
    const plan = planOf();
    expect(plan.wayBack).toEqual({
      kind: 'recreate',
      instances: 2,
      mostWaitMs: 30_000,
      overlap: 'none',
      longestMs: 80_000,
    });
    expect(plan.steps[0]?.undo).toEqual({
      class: 'scaling',
      kind: 'restore-fleet',
      revision: STABLE,
    });
    expect(plan.steps.at(-1)?.summary).toContain(
      'undo is the same gap the other way round, about 1 m 20 s at most',
    );
  });

  test('says how long a request waits, when a start is too slow for it, and what is cut off', () => {
    const notes = planOf().notes.join('\n');
    expect(notes).toContain('a request waits at most 30 s');
    expect(notes).toContain('The gap may take 1 m 20 s (drain 10 s + stop 10 s + start 1 m)');
    expect(notes).toContain('still answers 10 s after its last new request is cut off');
    const answers = planOf({ overlap: 'answers', mostWaitMs: 60_000 }).notes.join('\n');
    expect(answers).not.toContain('The gap may take');
    expect(answers).toContain('ends what it has begun beside the new one');
  });

  test('does without the queue where the target has none, and says that requests fail', () => {
    const capabilities = { ...LOCAL_TARGET, queueRequests: false };
    const plan = planOf({}, { capabilities });
    expect(idsOf(plan).slice(0, 3)).toEqual(['01-shift-none', '02-drain', '03-retire']);
    expect(plan.steps[0]?.undo).toMatchObject({ kind: 'restore-fleet' });
    expect(plan.notes.join('\n')).toContain('those that come while nothing serves fail');
  });

  test('of a first deployment is a first deployment', () => {
    const first = planOf({}, { stable: null, stableInstances: 0 });
    expect(first).toMatchObject({ strategy: 'first', wayBack: { kind: 'shift' } });
    expect(first.steps.some(({ kind }) => kind === 'queueRequests')).toBe(false);
  });
});

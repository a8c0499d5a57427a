import { planText } from '../../../src/cli/output/plan-text';
import { planJson } from '../../../src/cli/output/plan-json';
import { assemblePlan } from '../../../src/domain/rollout/assemble-plan';
import type { PlannedRollout } from '../../../src/domain/rollout/plan';
import type { PlanInput } from '../../../src/domain/rollout/plan-input';
import { PLAN } from '../client/samples';
import { planInput, RECREATE, ROLLING, STABLE } from '../domain/support/plan-inputs';
import { aPlan } from './plan-samples';

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

  test('of a first deployment says that there is no way back', () => {
    expect(textOf({ stable: null })).toContain('undo    leaves nothing serving');
  });
});

describe('a plan for programs', () => {
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

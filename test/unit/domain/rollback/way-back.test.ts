import { assembleWayBack } from '../../../../src/domain/rollback/way-back';
import type { Step, WayBack } from '../../../../src/domain/rollout/plan';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { lastOf, momentsOf } from '../support/fleet-model';
import { CANDIDATE, STABLE } from '../support/plan-inputs';
import { GAP, inputFrom, ROLL, stateOf, whole } from '../support/way-back-inputs';
import type { Standing } from '../support/way-back-inputs';

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

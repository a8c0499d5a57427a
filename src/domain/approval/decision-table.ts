import type { DecisionKind, DecisionRecord } from './decision';
import type { Standing } from './standing';

/** What the workflow has to do; null: record the decision and go on. */
export type Act =
  'approve-vote' | 'reject' | 'rollback' | 'abort' | 'pause' | 'resume' | 'promote' | 'yield';

export interface DecisionRule {
  readonly effect: DecisionRecord['effect'];
  readonly act: Act | null;
  /** What it does, or why it cannot: a clause that follows "rollback: ". */
  readonly sentence: string;
}

/**
 * Every kind of decision in every standing; the documentation is made from it. `refused` changes nothing and says why;
 * `counted` without an act is already being done.
 */
export const DECISION_TABLE: Readonly<
  Record<DecisionKind, Readonly<Record<Standing, DecisionRule>>>
> = {
  approve: {
    'before-plan': refused('there is no plan yet; wait for phase authorize'),
    authorize: { effect: 'counted', act: 'approve-vote', sentence: 'an approval of this plan' },
    working: refused('nothing waits for an approval'),
    baking: refused('nothing waits for an approval'),
    asking: applied('promote', 'the question is answered: the rollout goes on'),
    paused: refused('nothing waits for an approval; resume ends a pause'),
    warm: refused('nothing waits for an approval; it is live'),
    'warm-asking': applied('promote', 'the question is answered: it stays live'),
    finish: refused('nothing waits for an approval; it is live'),
    rollback: refused('it is already going back'),
    ended: refused('it has ended'),
  },
  reject: {
    'before-plan': applied('reject', 'it ends rejected; nothing was started'),
    authorize: applied('reject', 'it ends rejected; nothing was started'),
    ...onTheWay(applied('reject', 'the rollout goes back to stable')),
    finish: refused(tooLate()),
    rollback: underWay(),
    ended: refused('it has ended'),
  },
  rollback: {
    'before-plan': applied('rollback', 'it ends cancelled; nothing was started'),
    authorize: applied('rollback', 'it ends cancelled; nothing was started'),
    ...onTheWay(applied('rollback', 'all traffic goes back to stable')),
    finish: refused(tooLate()),
    rollback: underWay(),
    ended: refused('it has ended'),
  },
  abort: {
    'before-plan': applied('abort', 'it ends cancelled; nothing was started'),
    authorize: applied('abort', 'it ends cancelled; nothing was started'),
    ...onTheWay(applied('abort', 'all traffic goes back to stable, without a hold')),
    finish: refused(tooLate()),
    rollback: underWay(),
    ended: refused('it has ended'),
  },
  pause: {
    'before-plan': refused('no rollout has begun; abort ends it'),
    authorize: refused('no rollout has begun; it waits for an approval'),
    working: applied('pause', 'the rollout stands still after this step'),
    baking: applied('pause', 'the dwell clock stands still; the watch goes on'),
    asking: applied('pause', 'the rollout stands still; the watch goes on'),
    paused: { effect: 'counted', act: null, sentence: 'it is paused already' },
    warm: refused('it is live; no rollout is left to pause'),
    'warm-asking': refused('it is live; no rollout is left to pause'),
    finish: refused('it is live; no rollout is left to pause'),
    rollback: refused('the way back is never paused'),
    ended: refused('it has ended'),
  },
  resume: {
    'before-plan': refused('it is not paused'),
    authorize: refused('it is not paused; it waits for an approval'),
    working: refused('it is not paused'),
    baking: refused('it is not paused'),
    asking: refused('it is not paused; it waits for an answer: promote or rollback'),
    paused: applied('resume', 'the rollout goes on'),
    warm: refused('it is not paused'),
    'warm-asking': refused('it is not paused; it waits for an answer: promote or rollback'),
    finish: refused('it is not paused'),
    rollback: refused('it is going back'),
    ended: refused('it has ended'),
  },
  promote: {
    'before-plan': refused('no rollout has begun'),
    authorize: refused('it waits for an approval: use approve'),
    working: refused('no watch is in progress that could be cut short'),
    baking: applied('promote', 'the rest of this watch is skipped'),
    asking: applied('promote', 'the question is answered: the rollout goes on'),
    paused: refused('it is paused: resume first'),
    warm: refused('it is live already; the old fleet stays until the undo window ends'),
    'warm-asking': applied('promote', 'the question is answered: it stays live'),
    finish: refused('it is live already'),
    rollback: refused('it is going back'),
    ended: refused('it has ended'),
  },
  yield: {
    'before-plan': refused('it still rolls out'),
    authorize: refused('it still rolls out'),
    working: refused('it still rolls out'),
    baking: refused('it still rolls out'),
    asking: refused('it still rolls out'),
    paused: refused('it still rolls out'),
    warm: applied('yield', 'the undo window ends here; the next deployment may start'),
    'warm-asking': refused('a question waits for its answer: promote or rollback'),
    finish: { effect: 'counted', act: null, sentence: 'it is finishing already' },
    rollback: refused('it is going back'),
    ended: refused('it has ended'),
  },
};

function refused(sentence: string): DecisionRule {
  return { effect: 'refused', act: null, sentence };
}

function applied(act: Act, sentence: string): DecisionRule {
  return { effect: 'applied', act, sentence };
}

/** The answer from the first effect until the old fleet is retired. */
function onTheWay(
  rule: DecisionRule,
): Record<'working' | 'baking' | 'asking' | 'paused' | 'warm' | 'warm-asking', DecisionRule> {
  return {
    working: rule,
    baking: rule,
    asking: rule,
    paused: rule,
    warm: rule,
    'warm-asking': rule,
  };
}

function underWay(): DecisionRule {
  return { effect: 'counted', act: null, sentence: 'it is already going back' };
}

function tooLate(): string {
  return 'the old fleet is being retired; deploy the earlier revision instead';
}

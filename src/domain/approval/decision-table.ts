import type { DecisionKind, DecisionRecord } from './decision';
import type { Standing } from './standing';

/** What the workflow has to do; null: record the decision and go on. */
export type Act =
  | 'approve-vote'
  | 'reject'
  | 'rollback'
  | 'abort'
  | 'pause'
  | 'resume'
  | 'promote'
  | 'promote-to'
  | 'yield'
  | 'supersede';

/**
 * The rows: `promote --to` and `--full` are answered unlike a plain `promote`, and a rollback has somewhere else to go while
 * the fleet that a live deployment left stands by.
 */
export type DecisionRow = DecisionKind | 'promote-to' | 'rollback-to-inherited';

export interface DecisionRule {
  readonly effect: DecisionRecord['effect'];
  readonly act: Act | null;
  /** What it does, or why it cannot: a clause that follows "rollback: ". */
  readonly sentence: string;
}

const WHOLE_AGAIN = 'stable is started again first, and the new instances go';

const TO_INHERITED =
  'the newcomer ends, and all traffic goes to the old fleet that still stands by';

type Row = Readonly<Record<Standing, DecisionRule>>;

/**
 * Every kind of decision in every standing; the documentation is made from it. `refused` changes nothing and says why;
 * `counted` without an act is already being done.
 */
export const DECISION_TABLE: Readonly<Record<DecisionRow, Row>> = {
  approve: {
    'before-plan': refused('there is no plan yet; wait for phase authorize'),
    authorize: { effect: 'counted', act: 'approve-vote', sentence: 'an approval of this plan' },
    ...rollingOut(refused('nothing waits for an approval')),
    asking: applied('promote', 'the question is answered: the rollout goes on'),
    ...whilePaused(refused('nothing waits for an approval; resume ends a pause')),
    warm: refused('nothing waits for an approval; it is live'),
    'warm-asking': applied('promote', 'the question is answered: it stays live'),
    finish: refused('nothing waits for an approval; it is live'),
    rollback: refused('it is already going back'),
    ended: refused('it has ended'),
  },
  reject: {
    ...beforeEffects(applied('reject', 'it ends rejected; nothing was started')),
    ...onTheWay({
      unseen: applied('reject', 'the new instances go; no user saw them'),
      between: applied('reject', WHOLE_AGAIN),
      seen: applied('reject', 'the rollout goes back to stable'),
    }),
    finish: refused(tooLate()),
    rollback: underWay(),
    ended: refused('it has ended'),
  },
  rollback: {
    ...beforeEffects(applied('rollback', 'it ends cancelled; nothing was started')),
    ...onTheWay({
      unseen: applied('rollback', 'the new instances go; no user saw them'),
      between: applied('rollback', WHOLE_AGAIN),
      seen: applied('rollback', 'all traffic goes back to stable'),
    }),
    finish: refused(tooLate()),
    rollback: underWay(),
    ended: refused('it has ended'),
  },
  'rollback-to-inherited': {
    ...beforeEffects(applied('rollback', TO_INHERITED)),
    ...onTheWay({
      unseen: applied('rollback', TO_INHERITED),
      between: applied('rollback', TO_INHERITED),
      seen: applied('rollback', 'all traffic goes back to stable'),
    }),
    finish: refused(tooLate()),
    rollback: underWay(),
    ended: refused('it has ended'),
  },
  abort: {
    ...beforeEffects(applied('abort', 'it ends cancelled; nothing was started')),
    ...onTheWay({
      unseen: applied('abort', 'the new instances go; no user saw them'),
      between: applied('abort', WHOLE_AGAIN),
      seen: applied('abort', 'all traffic goes back to stable, without a hold'),
    }),
    finish: refused(tooLate()),
    rollback: underWay(),
    ended: refused('it has ended'),
  },
  pause: {
    'before-plan': refused('no rollout has begun; abort ends it'),
    authorize: refused('no rollout has begun; it waits for an approval'),
    ...rollingOut(applied('pause', 'the rollout stands still after this step')),
    'in-between': applied('pause', 'the rollout stands still as soon as somebody serves'),
    baking: applied('pause', 'the dwell clock stands still; the watch goes on'),
    asking: applied('pause', 'the rollout stands still; the watch goes on'),
    ...whilePaused({ effect: 'counted', act: null, sentence: 'it is paused already' }),
    ...live(refused('it is live; no rollout is left to pause')),
    rollback: refused('the way back is never paused'),
    ended: refused('it has ended'),
  },
  resume: {
    'before-plan': refused('it is not paused'),
    authorize: refused('it is not paused; it waits for an approval'),
    ...rollingOut(refused('it is not paused')),
    'in-between': applied('resume', 'whatever was to stand still goes on'),
    asking: refused('it is not paused; it waits for an answer: promote or rollback'),
    ...whilePaused(applied('resume', 'the rollout goes on')),
    ...live(refused('it is not paused')),
    'warm-asking': refused('it is not paused; it waits for an answer: promote or rollback'),
    rollback: refused('it is going back'),
    ended: refused('it has ended'),
  },
  promote: {
    'before-plan': refused('no rollout has begun'),
    authorize: refused('it waits for an approval: use approve'),
    ...rollingOut(refused('no watch is in progress that could be cut short')),
    baking: applied('promote', 'the rest of this watch is skipped'),
    asking: applied('promote', 'the question is answered: the rollout goes on'),
    ...whilePaused(refused('it is paused: resume first')),
    ...live(refused('it is live already; the old fleet stays until the undo window ends')),
    'warm-asking': applied('promote', 'the question is answered: it stays live'),
    rollback: refused('it is going back'),
    ended: refused('it has ended'),
  },
  'promote-to': {
    'before-plan': refused('no rollout has begun'),
    authorize: refused('it waits for an approval: use approve'),
    ...rollingOut(applied('promote-to', 'the watches up to that weight are skipped')),
    asking: applied(
      'promote-to',
      'the question is answered, the watches up to that weight are skipped',
    ),
    ...whilePaused(refused('it is paused: resume first')),
    ...live(refused('it is live already, with all traffic')),
    rollback: refused('it is going back'),
    ended: refused('it has ended'),
  },
  yield: {
    ...beforeEffects(refused('it still rolls out')),
    ...rollingOut(refused('it still rolls out')),
    asking: refused('it still rolls out'),
    ...whilePaused(refused('it still rolls out')),
    warm: applied('yield', 'the newcomer takes over the lock, and the old fleet with its watch'),
    'warm-asking': refused('a question waits for its answer: promote or rollback'),
    finish: { effect: 'counted', act: null, sentence: 'it is finishing already' },
    rollback: refused('it is going back'),
    ended: refused('it has ended'),
  },
  supersede: {
    ...beforeEffects(applied('supersede', 'it ends superseded; nothing was started')),
    ...onTheWay({
      unseen: applied('supersede', 'it ends superseded; no user saw it'),
      between: refused('users depend on its next steps: the newcomer waits'),
      seen: refused('it carries user traffic: the newcomer waits'),
    }),
    warm: applied('yield', 'the newcomer takes over the lock, and the old fleet with its watch'),
    'warm-asking': refused('a question waits for its answer: promote or rollback'),
    finish: { effect: 'counted', act: null, sentence: 'it is finishing already' },
    rollback: underWay(),
    ended: refused('it has ended'),
  },
};

function refused(sentence: string): DecisionRule {
  return { effect: 'refused', act: null, sentence };
}

function applied(act: Act, sentence: string): DecisionRule {
  return { effect: 'applied', act, sentence };
}

function beforeEffects(rule: DecisionRule): Pick<Row, 'before-plan' | 'authorize'> {
  return { 'before-plan': rule, authorize: rule };
}

function rollingOut(
  rule: DecisionRule,
): Pick<Row, 'before-traffic' | 'in-between' | 'working' | 'baking'> {
  return { 'before-traffic': rule, 'in-between': rule, working: rule, baking: rule };
}

function whilePaused(rule: DecisionRule): Pick<Row, 'paused-before-traffic' | 'paused'> {
  return { 'paused-before-traffic': rule, paused: rule };
}

function live(rule: DecisionRule): Pick<Row, 'warm' | 'warm-asking' | 'finish'> {
  return { warm: rule, 'warm-asking': rule, finish: rule };
}

/** From the first effect until the old fleet is retired, by whether users have seen the candidate. */
function onTheWay({
  unseen,
  between,
  seen,
}: {
  readonly unseen: DecisionRule;
  readonly between: DecisionRule;
  readonly seen: DecisionRule;
}): Omit<Row, 'before-plan' | 'authorize' | 'finish' | 'rollback' | 'ended'> {
  return {
    'before-traffic': unseen,
    'paused-before-traffic': unseen,
    'in-between': between,
    working: seen,
    baking: seen,
    asking: seen,
    paused: seen,
    warm: seen,
    'warm-asking': seen,
  };
}

function underWay(): DecisionRule {
  return { effect: 'counted', act: null, sentence: 'it is already going back' };
}

function tooLate(): string {
  return 'the old fleet is being retired; once it has ended, `belay rollback` deploys the earlier revision';
}

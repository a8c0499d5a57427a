import { formatCounted } from '../../domain/format/count';
import { shortDigest } from '../../domain/revision';
import type {
  Compensation,
  PlannedCriterion,
  PlannedRollout,
  RolloutPlan,
  Step,
} from '../../domain/rollout/plan';
import { undoSentence } from '../../domain/rollout/undo-sentence';
import { criterionWords } from './criterion-words';
import { span } from './durations';
import { paint, plain, wrap, type Style } from './style';

/** What `belay plan` prints for people. */
export function planText(
  { plan, digest }: PlannedRollout,
  checks: readonly string[],
  style: Style,
): readonly string[] {
  const name = paint(`${plan.service} → ${plan.environment}`, 'bold', style);
  const from = plan.stable === null ? 'nothing serves yet' : shortDigest(plan.stable);
  const to = shortDigest(plan.candidate.digest);
  return [
    `${name}   ${from} → ${to}   ${plan.strategy}   ${formatCounted(plan.instances, 'instance')}   plan ${shortDigest(digest)}`,
    ...checks.map((check) => `  check   ${plain(check)}`),
    '',
    ...plan.steps.flatMap((step) => stepLines(step, style)),
    '',
    `  undo    ${wayBackWords(plan)}`,
    ...plan.criteria.map(criterionLine),
    ...plan.notes.map((note) => `  note    ${plain(note)}`),
    `  digest  ${digest}`,
  ].flatMap((line) => wrap(style.unicode ? line : line.replaceAll('→', '->'), style.columns));
}

function stepLines(step: Step, style: Style): readonly string[] {
  const head = `  ${step.id.padEnd(20)} ${step.phase.padEnd(8)} ${plain(step.summary)}`;
  const undo = step.undo === null ? 'nothing to undo' : undoWords(step.undo);
  const rest = `  ${' '.repeat(29)} at most ${span(step.deadlineMs)} · ${undo}`;
  return [head, paint(rest, 'dim', style)];
}

function undoWords(undo: Compensation): string {
  switch (undo.kind) {
    case 'restore-weights': {
      const shares = Object.entries(undo.weights).map(
        ([digest, weight]) => `${shortDigest(digest)} ${weight} %`,
      );
      return `undo: weights back to ${shares.length === 0 ? 'none' : shares.join(', ')}`;
    }
    case 'retire-fleet':
      return `undo: retire the fleet of ${shortDigest(undo.revision)}`;
    case 'restore-fleet':
      return `undo: bring the fleet of ${shortDigest(undo.revision)} back, step by step`;
  }
}

/** What it takes to go back, at any moment until warm ends, and how long. */
function wayBackWords({ stable, wayBack }: RolloutPlan): string {
  if (stable === null) return 'leaves nothing serving: nothing serves yet';
  const old = shortDigest(stable);
  switch (wayBack.kind) {
    case 'shift':
      return `one change of weight at any moment: ${old} stands whole until warm ends`;
    case 'rolling': {
      const { leastAvailable, mostInstances, instances } = wayBack;
      return `${undoSentence(wayBack)}, to ${formatCounted(instances, 'instance')} of ${old}; at least ${leastAvailable} able to serve, at most ${mostInstances} in all`;
    }
    case 'recreate':
      return `${undoSentence(wayBack)}; while ${old} still stands, one change of weight`;
  }
}

function criterionLine({ criterion, completeIn }: PlannedCriterion): string {
  const first = completeIn === null ? 'complete in no step' : `first complete in ${completeIn}`;
  const word = criterion.action === 'rollback' ? 'guard' : 'ask  ';
  return `  ${word}   ${plain(criterionWords(criterion))} (${first})`;
}

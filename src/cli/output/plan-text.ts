import { shortDigest } from '../../domain/revision';
import type {
  Compensation,
  PlannedCriterion,
  PlannedRollout,
  Step,
} from '../../domain/rollout/plan';
import { METRICS } from '../../domain/analysis/criterion';
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
    `${name}   ${from} → ${to}   ${plan.strategy}   ${plan.instances} instances   plan ${shortDigest(digest)}`,
    ...checks.map((check) => `  check   ${plain(check)}`),
    '',
    ...plan.steps.flatMap((step) => stepLines(step, style)),
    '',
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

function criterionLine({ criterion, completeIn }: PlannedCriterion): string {
  const unit = METRICS[criterion.metric].unit === 'percent' ? '%' : 'ms';
  const first = completeIn === null ? 'complete in no step' : `first complete in ${completeIn}`;
  return (
    `  ${criterion.action === 'rollback' ? 'guard' : 'ask  '}   ${criterion.metric} ${criterion.badWhen} ` +
    `${criterion.threshold} ${unit} for ${span(criterion.durationMs)} (${first})`
  );
}

import type { Compensation, PlannedRollout, Step } from '../../domain/rollout/plan';

/** `belay plan --output json`. */
export function planJson({ plan, digest }: PlannedRollout, checks: readonly string[]): object {
  return {
    schemaVersion: 1,
    planDigest: digest,
    service: plan.service,
    environment: plan.environment,
    strategy: plan.strategy,
    stable: plan.stable,
    revision: plan.candidate.digest,
    instances: plan.instances,
    steps: plan.steps.map(stepJson),
    wayBack: plan.wayBack,
    criteria: plan.criteria.map(({ criterion, completeIn }) => ({ ...criterion, completeIn })),
    notes: plan.notes,
    checks,
  };
}

function stepJson(step: Step): object {
  return {
    id: step.id,
    kind: step.kind,
    phase: step.phase,
    summary: step.summary,
    deadlineMs: step.deadlineMs,
    undo: step.undo === null ? null : undoJson(step.undo),
    ...('weights' in step ? { weights: step.weights } : {}),
    ...(step.kind === 'bake' ? { limits: step.limits, onNoData: step.onNoData } : {}),
    ...('size' in step ? { size: step.size } : {}),
    ...('mostWaitMs' in step ? { mostWaitMs: step.mostWaitMs } : {}),
  };
}

function undoJson(undo: Compensation): object {
  switch (undo.kind) {
    case 'restore-weights':
      return { kind: undo.kind, class: undo.class, weights: undo.weights };
    case 'retire-fleet':
    case 'restore-fleet':
      return { kind: undo.kind, class: undo.class, revision: undo.revision };
  }
}

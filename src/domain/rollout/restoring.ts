import type { Digest } from '../revision';
import type { Compensation } from './plan';
import type { StepDraft } from './step-drafts';

export function restoreFleet(stable: Digest): Compensation {
  return { class: 'scaling', kind: 'restore-fleet', revision: stable };
}

/** From the first step that takes something from the stable fleet, undoing any step means bringing that fleet back. */
export function restoringFrom(drafts: readonly StepDraft[]): readonly StepDraft[] {
  const first = drafts.findIndex(({ undo }) => undo?.kind === 'restore-fleet');
  const undo = drafts[first]?.undo;
  if (undo === undefined) return drafts;
  return drafts.map((step, index) =>
    index > first && step.undo !== null ? { ...step, undo } : step,
  );
}

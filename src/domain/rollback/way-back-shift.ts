import { retireStep } from '../rollout/step-drafts';
import type { StepDraft } from '../rollout/step-drafts';
import { shortDigest } from '../revision';
import type { WayBackInput } from './way-back';
import { keepsCandidate } from './way-back-scene';
import type { Scene } from './way-back-scene';
import {
  completeStable,
  leaveToCandidate,
  releaseWaiting,
  retireCandidate,
  shiftToStable,
  takeAllTraffic,
  WAY_BACK,
} from './way-back-steps';

/** The old fleet stands: one change of weight, then the candidate goes. Where it cannot serve, it is brought back first. */
export function shiftBack(scene: Scene): readonly StepDraft[] {
  const { input, old } = scene;
  return [
    ...(old.healthy === 0 ? reviveStable(scene) : []),
    shiftToStable(scene, 100),
    ...releaseWaiting(input),
    ...retireCandidate(scene),
  ];
}

/** Whatever answers keeps the traffic; stable starts again at the size that it has, or else at the candidate's. */
function reviveStable(scene: Scene): readonly StepDraft[] {
  const { old, candidate } = scene;
  const size = Math.max(1, old.size === 0 ? candidate.size : old.size);
  return [
    ...(keepsCandidate(scene) ? [leaveToCandidate(scene)] : []),
    ...completeStable(scene, size),
  ];
}

/** Nothing served before: no weight and no fleet is left. */
export function leaveNothing(input: WayBackInput): readonly StepDraft[] {
  const { candidate, drainMs, fleets } = input;
  const summary = `${WAY_BACK}: stop the instances of ${shortDigest(candidate)}`;
  const stands = fleets.some(({ revision }) => revision === candidate);
  return [
    takeAllTraffic(input),
    ...releaseWaiting(input),
    ...(stands
      ? [
          retireStep(
            { name: 'retire', phase: 'rollback', summary, undo: null },
            { revision: candidate, drainMs, stopGraceMs: 0 },
          ),
        ]
      : []),
  ];
}

import type { RecreateBack } from '../rollout/plan';
import { drainBeforeStopMs } from '../rollout/recreate';
import type { StepDraft } from '../rollout/step-drafts';
import type { Scene } from './way-back-scene';
import {
  awaitStable,
  completeStable,
  launchStable,
  queueAgain,
  releaseQueue,
  releaseWaiting,
  retireCandidate,
  shiftToStable,
  takeAllTraffic,
} from './way-back-steps';

/** Where stable still stands, its traffic comes back at once; else the same gap the other way round. */
export function recreateBack(scene: Scene, back: RecreateBack): readonly StepDraft[] {
  return canCarry(scene, back) ? returnTo(scene, back) : throughTheGap(scene, back);
}

/** At most twice its usual load, unless nothing else could serve at all. */
function canCarry({ old, candidate }: Scene, { instances }: RecreateBack): boolean {
  if (old.healthy === 0) return false;
  return candidate.healthy === 0 || 2 * old.healthy >= instances;
}

function returnTo(scene: Scene, { instances }: RecreateBack): readonly StepDraft[] {
  return [
    shiftToStable(scene, 100),
    ...releaseWaiting(scene.input),
    ...retireCandidate(scene),
    ...completeStable(scene, instances),
  ];
}

/** The release is the last of the traffic: whoever waits goes to stable. */
function throughTheGap(scene: Scene, back: RecreateBack): readonly StepDraft[] {
  const { input, old } = scene;
  const { instances, mostWaitMs, overlap } = back;
  const { queueRequests } = input.capabilities;
  const drainMs = drainBeforeStopMs(back, input.drainMs);
  const size = Math.max(old.size, instances);
  return [
    ...(queueRequests ? [queueAgain(mostWaitMs)] : []),
    takeAllTraffic(input),
    ...(overlap === 'none' ? retireCandidate(scene, { drainMs }) : []),
    ...(old.size < size ? [launchStable(scene, size)] : []),
    awaitStable(scene, size),
    shiftToStable(scene, 100),
    ...(queueRequests || input.traffic.isQueueing ? [releaseQueue()] : []),
    ...(overlap === 'answers' ? retireCandidate(scene) : []),
  ];
}

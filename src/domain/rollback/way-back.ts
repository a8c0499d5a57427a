import type { Digest, Revision } from '../revision';
import type { Step, WayBack } from '../rollout/plan';
import { numbered } from '../rollout/step-drafts';
import type { StepDraft } from '../rollout/step-drafts';
import type { FleetState, TrafficState } from '../target-state';
import type { TargetCapabilities } from '../targets/capabilities';
import { recreateBack } from './way-back-recreate';
import { rollBack } from './way-back-rolling';
import { leaveNothing, shiftBack } from './way-back-shift';
import { sceneOf } from './way-back-scene';

/** What the target shows at this moment, and what the plan allows. Durations in ms. */
export interface WayBackInput {
  readonly wayBack: WayBack;
  /** What is to serve everybody again; null: nothing did. */
  readonly stable: Revision | null;
  readonly candidate: Digest;
  /** Every fleet of the service; one that is not named does not stand. */
  readonly fleets: readonly Pick<FleetState, 'revision' | 'size' | 'healthy'>[];
  readonly traffic: Pick<TrafficState, 'commanded' | 'isQueueing'>;
  readonly drainMs: number;
  readonly startWithinMs: number;
  readonly capabilities: TargetCapabilities;
}

/**
 * The steps back from what really stands: `back-01-…`, phase `rollback`, nothing to undo. At their end stable is whole and
 * healthy with everybody's traffic and nothing is left of the candidate; from there they only command the weights again.
 * Never weight on a fleet without a healthy instance. Relies on a reduction that takes the unhealthy instances first.
 */
export function assembleWayBack(input: WayBackInput): readonly Step[] {
  return numbered(draftsOf(input), 'back-');
}

function draftsOf(input: WayBackInput): readonly StepDraft[] {
  const { stable, wayBack } = input;
  if (stable === null) return leaveNothing(input);
  const scene = sceneOf(input, stable);
  switch (wayBack.kind) {
    case 'shift':
      return shiftBack(scene);
    case 'rolling':
      return rollBack(scene, wayBack);
    case 'recreate':
      return recreateBack(scene, wayBack);
  }
}

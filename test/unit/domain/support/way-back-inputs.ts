import type { WayBackInput } from '../../../../src/domain/rollback/way-back';
import type { RecreateBack, RollBack, WayBack } from '../../../../src/domain/rollout/plan';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import type { ModelFleet, ModelState } from './fleet-model';
import { CANDIDATE, REVISION, STABLE } from './plan-inputs';

export const OLD = { ...REVISION, digest: STABLE };
export const ROLL: RollBack = {
  kind: 'rolling',
  instances: 4,
  mostInstances: 5,
  leastAvailable: 3,
  batches: 2,
  longestMs: 180_000,
};
export const GAP: RecreateBack = {
  kind: 'recreate',
  instances: 4,
  mostWaitMs: 30_000,
  overlap: 'none',
  longestMs: 80_000,
};

export interface Standing {
  readonly old?: ModelFleet;
  readonly candidate?: ModelFleet;
  readonly weights?: Readonly<Record<string, number>>;
  readonly isQueueing?: boolean;
}

export const whole = (size: number): ModelFleet => ({ size, healthy: size });
/** A target with these fleets; one that is not named does not stand. */
export const stateOf = ({
  old,
  candidate,
  weights = {},
  isQueueing = false,
}: Standing): ModelState => ({
  fleets: {
    ...(old ? { [STABLE]: old } : {}),
    ...(candidate ? { [CANDIDATE]: candidate } : {}),
  },
  weights,
  isQueueing,
});
/** What an engine that reads the target at this moment knows. */
export const inputFrom = (state: ModelState, wayBack: WayBack): WayBackInput => ({
  wayBack,
  stable: OLD,
  candidate: CANDIDATE,
  fleets: Object.entries(state.fleets).map(([revision, fleet]) => ({ revision, ...fleet })),
  traffic: { commanded: state.weights, isQueueing: state.isQueueing },
  drainMs: 30_000,
  startWithinMs: 60_000,
  capabilities: LOCAL_TARGET,
});

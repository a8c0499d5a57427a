import type { TrafficState } from '../../../domain/target-state';
import { observedWeights, type MemoryService, type World } from './world';

export function trafficState(world: World, service: MemoryService | undefined): TrafficState {
  if (service === undefined)
    return { epoch: 0, claim: null, commanded: {}, observed: {}, isQueueing: false };
  return {
    epoch: service.claim?.epoch ?? 0,
    claim: service.claim,
    commanded: service.weights,
    observed: observedWeights(world, service),
    isQueueing: service.gap !== null,
  };
}

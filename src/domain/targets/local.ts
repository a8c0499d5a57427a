import type { TargetCapabilities } from './capabilities';

export const LOCAL_TARGET: TargetCapabilities = {
  kind: 'local',
  headerRoute: true,
  queueRequests: true,
  mostInstances: 64,
  weightGrain: 1,
  percentiles: 'histogram',
  resolutionMs: 1_000,
  lagMs: 1_000,
  settleMs: 1_000,
  fence: true,
  lease: false,
};

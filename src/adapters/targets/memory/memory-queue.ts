import type { TrafficRouter } from '../../../ports/traffic-router';
import { writeOnce } from './fence';
import { gapResult, NO_GAP, openGap, setMostWait } from './gap';
import { trafficState } from './traffic-state';
import type { World } from './world';

type Queueing = Pick<TrafficRouter, 'queueRequests' | 'releaseRequests'>;

export function memoryQueue(world: World): Queueing {
  return {
    async queueRequests({ ref, fence, mostWaitMs }, signal) {
      signal.throwIfAborted();
      const detail = { mostWaitMs };
      const service = writeOnce(world, { ref, fence, effect: 'queue', detail }, (found) => {
        const nowMs = world.clock();
        found.gap ??= openGap(nowMs, found.requestsPerSecond);
        setMostWait(found.gap, nowMs, mostWaitMs);
      });
      return trafficState(world, service);
    },

    async releaseRequests({ ref, fence }, signal) {
      signal.throwIfAborted();
      const write = { ref, fence, effect: 'release-queue', detail: {} } as const;
      const { released } = writeOnce(world, write, (service) => {
        service.released = service.gap === null ? NO_GAP : gapResult(service.gap, world.clock());
        service.longestWaitMs = Math.max(service.longestWaitMs, service.released.longestMs);
        service.gap = null;
      });
      return released;
    },
  };
}

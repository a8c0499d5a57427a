import { serviceName, type ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Weights } from '../../../domain/rollout/plan';
import type { SmokeRequest, SmokeResult, TrafficRouter } from '../../../ports/traffic-router';
import { writeOnce } from './fence';
import { claimService } from './memory-claims';
import { refuseWeight } from './memory-fleet';
import { memoryQueue } from './memory-queue';
import { unpark } from './parking';
import { trafficState } from './traffic-state';
import {
  behaviourOf,
  findService,
  healthyInstances,
  type MemoryService,
  type World,
} from './world';

export function memoryRouter(world: World): TrafficRouter {
  return {
    async observe(ref, signal) {
      signal.throwIfAborted();
      return trafficState(world, findService(world, ref));
    },

    async claim(order, signal) {
      signal.throwIfAborted();
      return claimService(world, order);
    },

    async release({ ref, fence }, signal) {
      signal.throwIfAborted();
      writeOnce(world, { ref, fence, effect: 'release', detail: {} }, (service) => {
        if (service.claim !== null) service.claim = { ...service.claim, released: true };
      });
    },

    async ensureRoute({ ref, fence, target }, signal) {
      signal.throwIfAborted();
      const port = target.kind === 'local' ? target.listen : null;
      writeOnce(world, { ref, fence, effect: 'route', detail: { port } }, (service) => {
        if (port !== null) refuseTakenPort(world, service, port);
        service.port = port;
      });
    },

    async setWeights({ ref, fence, weights }, signal) {
      signal.throwIfAborted();
      const wanted = withoutZeros(weights);
      const service = writeOnce(
        world,
        { ref, fence, effect: 'weights', detail: { weights: wanted } },
        (found) => {
          refuseWrongSum(ref, wanted);
          refuseUnhealthy(world, found, wanted);
          found.weights = wanted;
          for (const revision of Object.keys(wanted)) unpark(found.fleets.get(revision));
        },
      );
      return trafficState(world, service);
    },

    ...memoryQueue(world),

    async drain({ ref, fence, revision, timeoutMs }, signal) {
      signal.throwIfAborted();
      const detail = { revision, timeoutMs };
      writeOnce(world, { ref, fence, effect: 'drain', detail }, (service) =>
        refuseWeight(service, revision),
      );
      return { cancelled: 0, waitedMs: 0 };
    },

    async smoke(request, signal) {
      signal.throwIfAborted();
      return smoke(world, request);
    },
  };
}

function refuseTakenPort(world: World, service: MemoryService, port: number): void {
  const owner = [...world.services.values()].find(
    (other) => other !== service && other.port === port,
  );
  if (owner === undefined) return;
  throw new BelayError(
    'PORT_TAKEN',
    `Port ${port} belongs to ${serviceName(owner.ref)}, which goes on serving on it; nothing was changed.`,
    { next: 'Choose another `listen`.' },
  );
}

function withoutZeros(weights: Weights): Weights {
  return Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight !== 0));
}

function refuseWrongSum(ref: ServiceRef, weights: Weights): void {
  const values = Object.values(weights);
  const sum = values.reduce((total, weight) => total + weight, 0);
  const whole = values.every((weight) => Number.isInteger(weight) && weight > 0);
  if (values.length === 0 || (whole && sum === 100)) return;
  throw new BelayError(
    'TARGET_REJECTED',
    `${serviceName(ref)}: weights must be whole percent that sum to 100 or be empty, not ${JSON.stringify(values)}; traffic is as it was.`,
  );
}

function refuseUnhealthy(world: World, service: MemoryService, weights: Weights): void {
  const unable = Object.keys(weights).find(
    (revision) => healthyInstances(world, service, revision) === 0,
  );
  if (unable === undefined) return;
  throw new BelayError(
    'NO_HEALTHY_INSTANCE',
    `${serviceName(service.ref)}: no instance of ${unable} is healthy, so it gets no weight; traffic is as it was.`,
    { next: 'Wait until an instance is healthy.', details: { revision: unable } },
  );
}

function smoke(world: World, { ref, revision }: SmokeRequest): SmokeResult {
  const service = findService(world, ref);
  if (service === undefined || healthyInstances(world, service, revision) === 0) {
    return { status: null, problem: 'no-healthy-instance' };
  }
  return { status: behaviourOf(world, revision).smokeStatus, problem: null };
}

import { serviceName, type ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Weights } from '../../../domain/rollout/plan';
import type { Claim, TrafficState } from '../../../domain/target-state';
import type {
  ClaimOrder,
  ClaimResult,
  SmokeRequest,
  SmokeResult,
  TrafficRouter,
} from '../../../ports/traffic-router';
import { writeOnce } from './fence';
import { refuseWeight } from './memory-fleet';
import { noteRates } from './rates';
import { createTimeline } from './traffic-timeline';
import {
  behaviourOf,
  findService,
  healthyInstances,
  observedWeights,
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
      return claim(world, order);
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
        },
      );
      return trafficState(world, service);
    },

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

function trafficState(world: World, service: MemoryService | undefined): TrafficState {
  if (service === undefined) return { epoch: 0, claim: null, commanded: {}, observed: {} };
  return {
    epoch: service.claim?.epoch ?? 0,
    claim: service.claim,
    commanded: service.weights,
    observed: observedWeights(world, service),
  };
}

function claim(world: World, { ref, deploymentId, runId, after }: ClaimOrder): ClaimResult {
  const service = findService(world, ref) ?? createService(world, ref);
  const current = service.claim;
  const epoch = current?.epoch ?? 0;
  if (current !== null && isRepeat(current, { deploymentId, runId, after })) {
    return { epoch, previous: service.previous };
  }
  if (epoch !== after) throw claimedBefore(ref, after, current);
  service.previous = current;
  service.claim = { epoch: epoch + 1, deploymentId, runId, released: false };
  service.lastWrite = null;
  world.journal.push({
    atMs: world.clock(),
    service: serviceName(ref),
    effect: 'claim',
    epoch: epoch + 1,
    n: null,
    repeat: false,
    detail: { deploymentId, runId },
  });
  return { epoch: epoch + 1, previous: current };
}

/** The owner's own claim again: while it is open, or when it is the call that made it. */
function isRepeat(
  current: Claim,
  { deploymentId, runId, after }: Pick<ClaimOrder, 'deploymentId' | 'runId' | 'after'>,
): boolean {
  const isOwner = current.deploymentId === deploymentId && current.runId === runId;
  return isOwner && (!current.released || after !== current.epoch);
}

function claimedBefore(
  ref: ServiceRef,
  after: number,
  current: MemoryService['claim'],
): BelayError {
  return new BelayError(
    'FENCED',
    `${serviceName(ref)}: the claim after epoch ${after} came too late, epoch ${current?.epoch ?? 0} of ${current?.deploymentId ?? 'nobody'} stands; traffic is as it was.`,
    { next: 'Observe again and decide anew.', details: { current } },
  );
}

function createService(world: World, ref: ServiceRef): MemoryService {
  const service: MemoryService = {
    ref,
    claim: null,
    previous: null,
    lastWrite: null,
    port: null,
    weights: {},
    requestsPerSecond: 0,
    launched: 0,
    fleets: new Map(),
    timeline: createTimeline(),
  };
  world.services.set(serviceName(ref), service);
  noteRates(world, service);
  return service;
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

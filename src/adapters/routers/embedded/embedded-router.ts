import type { ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { TrafficState } from '../../../domain/target-state';
import type {
  ClaimAnswer,
  ClaimRequest,
  DrainAnswer,
  DrainRequest,
  Fenced,
  ListenerRequest,
  QueueAnswer,
  QueueRequest,
  ServiceView,
  WeightsRequest,
} from '../../../platform/admin-api';
import type { RouteOrder, TrafficRouter } from '../../../ports/traffic-router';
import { createPlatformClient, fleetPath, servicePath } from '../../platform-client';
import { sendSmoke } from './smoke';

export interface EmbeddedRouterOptions {
  /** The admin socket of the platform. */
  readonly socketPath: string;
}

/** On top of the time that the order itself gives. */
const ANSWER_MS = 5_000;

/** The router inside the local platform. */
export function createEmbeddedRouter({ socketPath }: EmbeddedRouterOptions): TrafficRouter {
  const platform = createPlatformClient(socketPath);
  const serviceOf = (ref: ServiceRef, signal: AbortSignal): Promise<ServiceView | null> =>
    platform.read<ServiceView>(servicePath(ref), signal);
  const observe = async (ref: ServiceRef, signal: AbortSignal): Promise<TrafficState> =>
    trafficState(await serviceOf(ref, signal));

  return {
    observe,

    async claim({ ref, ...owner }, signal) {
      const body: ClaimRequest = owner;
      const path = servicePath(ref, '/claim');
      const { epoch, previous } = await platform.call<ClaimAnswer>(
        { method: 'POST', path, body },
        signal,
      );
      return { epoch, previous };
    },

    async release({ ref, fence }, signal) {
      const body: Fenced = { fence };
      await platform.call({ method: 'POST', path: servicePath(ref, '/release'), body }, signal);
    },

    async ensureRoute(order, signal) {
      const body: ListenerRequest = { fence: order.fence, port: portOf(order) };
      await platform.call(
        { method: 'PUT', path: servicePath(order.ref, '/listener'), body },
        signal,
      );
    },

    async setWeights({ ref, fence, weights }, signal) {
      const body: WeightsRequest = { fence, weights };
      await platform.call({ method: 'PUT', path: servicePath(ref, '/weights'), body }, signal);
      // Read back rather than believed: a repeat is answered as the first time, and claims are not in that answer.
      return observe(ref, signal);
    },

    async queueRequests({ ref, fence, mostWaitMs }, signal) {
      const body: QueueRequest = { fence, mostWaitMs };
      await platform.call({ method: 'PUT', path: servicePath(ref, '/queue'), body }, signal);
      return observe(ref, signal);
    },

    async releaseRequests({ ref, fence }, signal) {
      const body: Fenced = { fence };
      const path = servicePath(ref, '/queue/release');
      return platform.call<QueueAnswer>({ method: 'POST', path, body }, signal);
    },

    async drain({ ref, fence, revision, timeoutMs }, signal) {
      const body: DrainRequest = { fence, timeoutMs };
      const path = fleetPath(ref, revision, '/drain');
      const call = { method: 'POST', path, body, timeoutMs: timeoutMs + ANSWER_MS } as const;
      const { cancelled, waitedMs } = await platform.call<DrainAnswer>(call, signal);
      return { cancelled, waitedMs };
    },

    async smoke(request, signal) {
      const listener = (await serviceOf(request.ref, signal))?.listener ?? null;
      if (listener === null) return { status: null, problem: 'the service has no open port' };
      return sendSmoke({ ...request, listener }, signal);
    },
  };
}

function trafficState(service: ServiceView | null): TrafficState {
  if (service === null) {
    return { epoch: 0, claim: null, commanded: {}, observed: {}, isQueueing: false };
  }
  const { epoch, claim, traffic } = service;
  const { commanded, observed, isQueueing } = traffic;
  return { epoch, claim, commanded, observed, isQueueing };
}

function portOf({ target }: RouteOrder): number {
  if (target.kind === 'local') return target.listen;
  throw new BelayError(
    'TARGET_REJECTED',
    `The local router has no port for a target of kind ${target.kind}; nothing was changed.`,
    { next: 'Give the environment a `listen`.' },
  );
}

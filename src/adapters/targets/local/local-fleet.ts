import type { FleetState, InstanceState } from '../../../domain/target-state';
import type {
  FleetRequest,
  FleetView,
  InstanceView,
  LogsAnswer,
  ParkRequest,
  ReduceRequest,
  RetireRequest,
  ServiceView,
} from '../../../platform/admin-api';
import type { Fleet, FleetOrder } from '../../../ports/fleet';
import { createPlatformClient, fleetPath, servicePath } from '../../platform-client';

export interface LocalFleetOptions {
  /** The admin socket of the platform. */
  readonly socketPath: string;
}

const ENSURE_TIMEOUT_MS = 15_000;
/** On top of the drain: instances may take their whole grace to end. */
const END_TIMEOUT_MS = 300_000;

/** The fleets that the local platform supervises. */
export function createLocalFleet({ socketPath }: LocalFleetOptions): Fleet {
  const platform = createPlatformClient(socketPath);
  return {
    async ensure(order, signal) {
      const path = fleetPath(order.ref, order.revision.digest);
      const call = {
        method: 'PUT',
        path,
        body: fleetRequest(order),
        timeoutMs: ENSURE_TIMEOUT_MS,
      } as const;
      return fleetState(await platform.call<FleetView>(call, signal));
    },

    async reduce({ ref, fence, revision, size, drainMs }, signal) {
      const body: ReduceRequest = { fence, size, drainMs };
      const path = fleetPath(ref, revision, '/reduce');
      const timeoutMs = drainMs + END_TIMEOUT_MS;
      return fleetState(
        await platform.call<FleetView>({ method: 'POST', path, body, timeoutMs }, signal),
      );
    },

    async park({ ref, fence, revision, untilMs, drainMs }, signal) {
      const body: ParkRequest = { fence, untilMs, drainMs };
      await platform.call(
        { method: 'POST', path: fleetPath(ref, revision, '/park'), body },
        signal,
      );
    },

    async describe(ref, signal) {
      const service = await platform.read<ServiceView>(servicePath(ref), signal);
      return (service?.fleets ?? []).map(fleetState);
    },

    async retire({ ref, fence, revision, drainMs }, signal) {
      const body: RetireRequest = { fence, drainMs };
      const timeoutMs = drainMs + END_TIMEOUT_MS;
      await platform.call(
        { method: 'DELETE', path: fleetPath(ref, revision), body, timeoutMs },
        signal,
      );
    },

    async logs({ ref, revision, lines }, signal) {
      const answer = await platform.read<LogsAnswer>(
        fleetPath(ref, revision, `/logs?lines=${lines}`),
        signal,
      );
      return answer?.lines ?? [];
    },
  };
}

function fleetRequest({ revision, fence, size, token }: FleetOrder): FleetRequest {
  const { artifact, command, env, secrets, health, stopGraceMs } = revision;
  return { fence, artifact, command, env, secrets, health, stopGraceMs, size, token };
}

function fleetState({ revision, size, healthy, instances, lastLines }: FleetView): FleetState {
  return { revision, size, healthy, instances: instances.map(instanceState), lastLines };
}

function instanceState(instance: InstanceView): InstanceState {
  const { id, pid, state, restarts } = instance;
  return { id, pid, health: state, restarts, problem: problemOf(instance) };
}

function problemOf({ state, lastExit, lastProbeError }: InstanceView): string | null {
  if (state === 'healthy') return null;
  return state === 'crashed' ? lastExit : (lastProbeError ?? lastExit);
}

import { serviceName, type ServiceRef } from '../../domain/deployment';
import type { ServiceRecord } from '../../domain/service-record';
import type { EnvironmentRecord } from '../../ports/environment-record';
import { applyChange, EMPTY_RECORD, hasHold, type RecordChange } from '../service-record';

/** Forgets with the process: for tests and simulations. */
export function createMemoryEnvironmentRecord(): EnvironmentRecord {
  const services = new Map<string, ServiceRecord>();
  const recordOf = (ref: ServiceRef): ServiceRecord =>
    services.get(serviceName(ref)) ?? EMPTY_RECORD;
  const change = (ref: ServiceRef, what: RecordChange): void => {
    services.set(serviceName(ref), applyChange(recordOf(ref), what));
  };
  return {
    async read(ref) {
      return recordOf(ref);
    },
    async setStable(ref, entry) {
      change(ref, { change: 'stable', entry });
    },
    async setWarm(ref, entry) {
      change(ref, { change: 'warm', entry });
    },
    async hold(ref, hold) {
      change(ref, { change: 'hold', hold });
    },
    async lift(ref, revision) {
      const held = hasHold(recordOf(ref), revision);
      change(ref, { change: 'lift', revision });
      return held;
    },
  };
}

import type { EvidenceRecord } from '../../ports/evidence-record';
import {
  addReading,
  addWindow,
  emptyIndex,
  readingsFrom,
  windowsFrom,
  type EvidenceIndex,
} from '../evidence-index';

/** Forgets with the process: for tests and simulations. */
export function createMemoryEvidenceRecord(): EvidenceRecord {
  const deployments = new Map<string, EvidenceIndex>();
  const indexOf = (deploymentId: string): EvidenceIndex => {
    const index = deployments.get(deploymentId) ?? emptyIndex();
    deployments.set(deploymentId, index);
    return index;
  };
  return {
    async append({ deploymentId, stepId, windows }) {
      for (const window of windows) addWindow(indexOf(deploymentId), { stepId, window });
    },
    async read(deploymentId, from) {
      return windowsFrom(indexOf(deploymentId), from);
    },
    async appendReadings({ deploymentId, readings }) {
      for (const reading of readings) addReading(indexOf(deploymentId), reading);
    },
    async readings(deploymentId, fromMs) {
      return readingsFrom(indexOf(deploymentId), fromMs);
    },
  };
}

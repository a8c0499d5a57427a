import type { EvidenceRecord } from '../../ports/evidence-record';
import { addWindow, windowsFrom, type EvidenceIndex } from '../evidence-index';

/** Forgets with the process: for tests and simulations. */
export function createMemoryEvidenceRecord(): EvidenceRecord {
  const deployments = new Map<string, EvidenceIndex>();
  const indexOf = (deploymentId: string): EvidenceIndex => {
    const index = deployments.get(deploymentId) ?? new Map<string, never>();
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
  };
}

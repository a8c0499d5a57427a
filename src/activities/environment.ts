import type { ReadinessReport, ReadinessRequest } from '../domain/readiness';
import type { EnvironmentReadiness } from '../ports/environment-readiness';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';

/** Phase 5: can the environment take a deployment, and if not, can it be mended? */
export interface EnvironmentActivities {
  checkReadiness(input: ReadinessRequest): Promise<ReadinessReport>;
  /** Answers what it did. */
  repairEnvironment(input: ReadinessRequest): Promise<readonly string[]>;
}

export function createEnvironmentActivities(deps: ActivityDependencies): EnvironmentActivities {
  const readiness: EnvironmentReadiness = deps.readiness;
  return {
    checkReadiness: asActivity((request, { signal }) => readiness.check(request, signal)),
    repairEnvironment: asActivity((request, { signal }) => readiness.repair(request, signal)),
  };
}

import type { ReadinessReport, ReadinessRequest } from '../domain/readiness';
import type { EnvironmentReadiness } from '../ports/environment-readiness';
import { asActivity, beating } from './activity-context';
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
    checkReadiness: asActivity((request, running) =>
      beating(running, () => readiness.check(request, running.signal)),
    ),
    repairEnvironment: asActivity((request, running) =>
      beating(running, () => readiness.repair(request, running.signal)),
    ),
  };
}

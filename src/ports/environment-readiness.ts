import type { ReadinessReport, ReadinessRequest } from '../domain/readiness';

/** Whether the environment can take a deployment, and the repairs that it can try by itself. */
export interface EnvironmentReadiness {
  check(request: ReadinessRequest, signal: AbortSignal): Promise<ReadinessReport>;
  /** Tries to mend what the report names; answers what it did. */
  repair(request: ReadinessRequest, signal: AbortSignal): Promise<readonly string[]>;
}

import type { ServiceRef, TargetSpec } from '../domain/deployment';

/** Whether the environment can take a deployment, and the repairs that it can try by itself. */
export interface EnvironmentReadiness {
  check(request: ReadinessRequest, signal: AbortSignal): Promise<ReadinessReport>;
  /** Tries to mend what the report names; answers what it did. */
  repair(request: ReadinessRequest, signal: AbortSignal): Promise<readonly string[]>;
}

export interface ReadinessRequest {
  readonly ref: ServiceRef;
  readonly target: TargetSpec;
  /** `tcp://host:port`, `http://…`, `https://…`. */
  readonly dependsOn: readonly string[];
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly issues: readonly ReadinessIssue[];
}

export interface ReadinessIssue {
  /** The address that does not answer, or the platform's socket. */
  readonly address: string;
  readonly problem: string;
}

import type { ServiceRef, TargetSpec } from './deployment';

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

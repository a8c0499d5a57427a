import type { ApprovalPolicy } from './approval/policy';
import type { Criterion } from './analysis/criterion';
import type { DeploymentFacts } from './checks/facts';
import type { Gate } from './checks/gate';
import type { CheckPolicy } from './checks/policy';
import type { MonitoringPolicy } from './monitoring/policy';
import type { Digest, HealthCheck } from './revision';
import type { StrategyConfig } from './rollout/strategy';

/** One request to bring one revision into one environment: the only input of the workflow `deploy`. Durations in ms. */
export interface DeploymentRequest {
  readonly schemaVersion: 1;
  /** `{service}-{environment}-{ulid}`, minted by the client. */
  readonly deploymentId: string;
  /** The same key attaches to the running deployment instead of asking for a second one. */
  readonly requestKey: string | null;
  readonly service: string;
  readonly environment: string;
  /** Who asked, as they called themselves: never proof. */
  readonly initiator: string;
  readonly reason: string | null;
  readonly requestedAtMs: number;
  readonly artifact: ArtifactSource;
  readonly run: RunSpec;
  readonly target: TargetSpec;
  readonly instances: number;
  readonly strategy: StrategyConfig;
  readonly verify: VerifyConfig;
  readonly rollbackWindowMs: number;
  readonly criteria: readonly Criterion[];
  readonly monitoring: MonitoringPolicy;
  readonly gates: readonly Gate[];
  readonly checks: CheckPolicy;
  /** What the configuration says will run: the checks look at it as they do at files. */
  readonly facts: DeploymentFacts;
  /** Absolute; where build and test commands run. */
  readonly configFolder: string;
  readonly approval: ApprovalPolicy | null;
  readonly dependsOn: readonly string[];
  /** Set where an earlier revision is brought back: no checks that it has passed, no approval; null: an ordinary deployment. */
  readonly restores: Restoration | null;
  /** What the configuration asks for and this version does not do; said by plan, deploy and status. */
  readonly notes: readonly string[];
}

/** `revision`: what is in the store already, and was deployed from it before. */
export type ArtifactSource = FilesSource | RevisionSource;

export interface RevisionSource {
  readonly kind: 'revision';
  readonly revision: Digest;
  /** The artifact that the revision runs. */
  readonly artifact: Digest;
  readonly commit: string | null;
}

export interface FilesSource {
  readonly kind: 'files';
  /** Absolute path of a folder on the worker's host. */
  readonly path: string;
  readonly commit: string | null;
}

export interface RunSpec {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly health: HealthCheck;
  readonly stopGraceMs: number;
  /** How long a new instance may take until it is healthy. */
  readonly startWithinMs: number;
  readonly drainMs: number;
}

export type TargetSpec =
  { readonly kind: 'local'; readonly listen: number } | { readonly kind: 'memory' };

/** The third reach of undo: after the end of the deployment that is undone. */
export interface Restoration {
  /** Served before, and is put on hold once the earlier one serves. */
  readonly replaces: Digest;
  /** The deployment that brought what is replaced; null where the ledger does not know it. */
  readonly undoes: string | null;
}

/** The watch at 100 % before a deployment counts as live. */
export interface VerifyConfig {
  readonly leastMs: number;
  readonly longestMs: number;
  readonly minimumRequests: number;
}

/** What runs where: one lock, one fleet pair, one router entry. */
export interface ServiceRef {
  readonly service: string;
  readonly environment: string;
}

export function serviceName(ref: ServiceRef): string {
  return `${ref.service}/${ref.environment}`;
}

export function deployWorkflowId(ref: ServiceRef): string {
  return `deploy/${ref.service}/${ref.environment}`;
}

export const WORKFLOW_TASK_QUEUE = 'belay';

export function environmentTaskQueue(environment: string): string {
  return `belay-${environment}`;
}

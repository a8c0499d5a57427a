import type { Criterion } from '../domain/analysis/criterion';
import type { ApprovalPolicy } from '../domain/approval/policy';
import type { Gate } from '../domain/checks/gate';
import type { CheckPolicy } from '../domain/checks/policy';
import type { VerifyConfig } from '../domain/deployment';
import type { MonitoringPolicy } from '../domain/monitoring/policy';
import type { HealthCheck } from '../domain/revision';
import type { ConflictPolicy } from '../domain/line/conflict';
import type {
  CanaryConfig,
  RecreateConfig,
  RollingConfig,
  StrategyConfig,
} from '../domain/rollout/strategy';

/** A validated `belay.yaml`: durations in ms, percentages 0 to 100, every default filled in. */
export interface BelayConfig {
  /** As it was given to the reader; for messages. */
  readonly file: string;
  /** The folder that relative paths start from; absolute when the loader read it. */
  readonly folder: string;
  /** Null where the file does not say. */
  readonly service: string | null;
  /** In the order of the file, at least one: `default` where the file declares none. */
  readonly environments: readonly EnvironmentConfig[];
  readonly gates: readonly Gate[];
  readonly checks: CheckPolicy;
  /** The specification's `infrastructure` block as it was written; null: none. */
  readonly infrastructure: unknown;
  /** What the file asks for and this version does not do, whatever the environment. */
  readonly notes: readonly string[];
}

/** What holds in one environment: the file's own values with the environment's on top. */
export interface EnvironmentConfig {
  readonly name: string;
  /** As written; a path of a folder. */
  readonly artifact: string | null;
  readonly run: readonly string[] | null;
  readonly listen: number | null;
  readonly health: HealthCheck | null;
  readonly instances: number;
  readonly rollbackWindowMs: number;
  readonly stopGraceMs: number;
  readonly drainMs: number;
  readonly startWithinMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly dependsOn: readonly string[];
  readonly strategy: StrategyWord;
  readonly canary: CanaryConfig;
  readonly rolling: RollingConfig;
  readonly recreate: RecreateConfig;
  /** Null where the file does not say: it then follows from the strategy. */
  readonly verify: VerifyConfig | null;
  readonly criteria: readonly Criterion[];
  /** Criteria that count only while the strategy is canary. */
  readonly canaryCriteria: readonly Criterion[];
  readonly monitoring: MonitoringPolicy;
  readonly approval: ApprovalPolicy | null;
  readonly conflict: ConflictPolicy;
  readonly notes: readonly string[];
}

export type StrategyWord = StrategyConfig['kind'];

import type { Criterion } from '../analysis/criterion';
import type { VerifyConfig } from '../deployment';
import type { MonitoringPolicy } from '../monitoring/policy';
import type { Digest, Revision } from '../revision';
import type { TargetCapabilities } from '../targets/capabilities';
import type { StrategyConfig } from './strategy';

/** Everything that a rollout plan depends on. Durations in ms. */
export interface PlanInput {
  readonly service: string;
  readonly environment: string;
  /** What serves everybody now; null: nothing does. */
  readonly stable: Digest | null;
  /** How many instances it runs on; 0 where nothing serves. */
  readonly stableInstances: number;
  /** Instances of fleets that are neither: one that stands by for an undo. */
  readonly standingBy: number;
  readonly candidate: Revision;
  readonly instances: number;
  readonly strategy: StrategyConfig;
  readonly verify: VerifyConfig;
  readonly rollbackWindowMs: number;
  readonly criteria: readonly Criterion[];
  readonly monitoring: Pick<
    MonitoringPolicy,
    'monitors' | 'onNoData' | 'performance' | 'probe' | 'sources'
  >;
  /** Requests a second that the service gets now; null: nobody could count. Only for notes: no plan depends on it. */
  readonly trafficPerSecond: number | null;
  readonly capabilities: TargetCapabilities;
  /** How long a new instance may take until it is healthy. */
  readonly startWithinMs: number;
  readonly drainMs: number;
  /** Said first in the plan's own notes. */
  readonly notes: readonly string[];
}

/** What an undo goes back to: the size of stable, or the candidate's where nothing of stable stands any more. */
export function stableSize({ instances, stableInstances }: PlanInput): number {
  return stableInstances > 0 ? stableInstances : instances;
}

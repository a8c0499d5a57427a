import type { BakeLimits } from '../rollout/strategy';
import type { Criterion } from './criterion';

/** What a judge goes by during one watch. Times in epoch ms. */
export interface JudgeConfig {
  readonly criteria: readonly Criterion[];
  readonly limits: BakeLimits;
  /** Time and requests of the step count from here; criteria look back further. */
  readonly stepStartedAtMs: number;
  /** How long the step has been paused so far: the dwell clock stood still, the watch went on. */
  readonly pausedMs: number;
}

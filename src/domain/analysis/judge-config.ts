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
  /**
   * What the sources of criteria can see, by name. Of one that is not named here it is only known that its criteria's
   * durations are long enough for it.
   */
  readonly sources?: Readonly<Record<string, Sight>>;
}

/** The length of a source's windows, and how long after its end one is complete. */
export interface Sight {
  readonly resolutionMs: number;
  readonly lagMs: number;
}

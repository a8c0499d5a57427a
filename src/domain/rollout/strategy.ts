/** How traffic moves from the stable revision to the candidate. Durations in ms, weights in whole percent. */
export type StrategyConfig = BlueGreenConfig | CanaryConfig | RollingConfig | RecreateConfig;

export interface BlueGreenConfig {
  readonly kind: 'blue-green';
}

export interface CanaryConfig {
  readonly kind: 'canary';
  readonly steps: readonly CanaryStep[];
}

export interface CanaryStep {
  /** 1 to 100; strictly rising; a step at 100 is added where the last is below it. */
  readonly weight: number;
  readonly bake: BakeLimits;
}

/** Instances are replaced batch by batch; where both revisions serve, their share follows the instances. */
export interface RollingConfig {
  readonly kind: 'rolling';
  /** How many more instances than wanted may run; a percentage rounds up. */
  readonly maxSurge: Amount;
  /** How many fewer than wanted may be able to serve; a percentage rounds down. */
  readonly maxUnavailable: Amount;
  /** The pause between two batches, and its watch. */
  readonly bake: BakeLimits;
}

export type Amount =
  | { readonly unit: 'count'; readonly count: number }
  | { readonly unit: 'percent'; readonly percent: number };

/** The old revision stops before the new one starts; requests wait meanwhile. */
export interface RecreateConfig {
  readonly kind: 'recreate';
  /** The longest that one request waits at the router. */
  readonly mostWaitMs: number;
  /**
   * `none`: no process of the old revision is left when the first of the new one starts, and what it still answers after
   * its drain is cut off. `answers`: it takes no more requests, and ends what it has begun beside the new one.
   */
  readonly overlap: 'none' | 'answers';
}

export interface BakeLimits {
  /** The step never advances before. */
  readonly leastMs: number;
  /** Without a verdict by then a person is asked; default rollback. */
  readonly longestMs: number;
  /** Requests that the candidate must have answered in this step. */
  readonly minimumRequests: number;
}

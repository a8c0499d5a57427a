/** How traffic moves from the stable revision to the candidate. Durations in ms, weights in whole percent. */
export type StrategyConfig = BlueGreenConfig | CanaryConfig;

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

export interface BakeLimits {
  /** The step never advances before. */
  readonly leastMs: number;
  /** Without a verdict by then a person is asked; default rollback. */
  readonly longestMs: number;
  /** Requests that the candidate must have answered in this step. */
  readonly minimumRequests: number;
}

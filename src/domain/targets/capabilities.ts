/** What a target can do, as data: the planner reads it, and a plan says what the target cannot give. */
export interface TargetCapabilities {
  readonly kind: 'local' | 'memory';
  /** Requests can be sent to one revision whatever the weights. */
  readonly headerRoute: boolean;
  /** Requests can be held for a moment instead of failing. */
  readonly queueRequests: boolean;
  /** The most instances of one service, of all its revisions together. */
  readonly mostInstances: number;
  /** The smallest change of weight, in percent. */
  readonly weightGrain: number;
  readonly percentiles: 'histogram' | 'none';
  /** The shortest window that its metric source observes. */
  readonly resolutionMs: number;
  /** How long after its end a window can be read. */
  readonly lagMs: number;
  /** How long a commanded weight may take until it is observed. */
  readonly settleMs: number;
  /** The target refuses writes of older claims by itself. */
  readonly fence: boolean;
  /** The target goes back to stable by itself when nobody renews. */
  readonly lease: boolean;
}

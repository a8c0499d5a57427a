import type { Histogram } from './histogram';

/** What one revision did in one window. Attempts, not client requests, and none that the client gave up. */
export interface ArmWindow {
  readonly requests: number;
  /** 5xx answers and attempts without an answer. */
  readonly errors: number;
  /** Until the headers of an answer, or until a client had waited long enough and gave up. */
  readonly latency: Histogram;
  /** Requests whose clients gave up before an answer; absent: none, or nobody counted them. */
  readonly abandoned?: number;
  readonly healthChecksPassed: number;
  readonly healthChecksFailed: number;
  /** Synthetic requests, sent beside those of users and counted apart; absent: nobody sent any. */
  readonly probes?: ProbeCounts;
}

export interface ProbeCounts {
  readonly requests: number;
  /** 5xx answers and requests without an answer. */
  readonly errors: number;
  readonly latency: Histogram;
}

/** `candidate` is the revision on trial, `stable` the one that served before it. */
export type Arm = 'stable' | 'candidate';

/**
 * One observed interval. `null` means that nobody watched (no data), never zero requests. Windows of one deployment
 * share one interval; `number` is start ÷ interval, so that two watchers agree.
 */
export interface Window {
  readonly number: number;
  readonly fromMs: number;
  readonly intervalMs: number;
  readonly arms: Readonly<Record<Arm, ArmWindow | null>>;
  /** Whole percent that the candidate was to have, as observed when the window was read. */
  readonly candidateWeight: number;
}

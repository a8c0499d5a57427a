import type { ArmWindow } from '../domain/analysis/window';
import type { ServiceRef } from '../domain/deployment';
import type { Digest } from '../domain/revision';

/** Counts and latencies by revision, served by from and to, so that two watchers agree. */
export interface MetricSource {
  /**
   * The whole windows between the two times that have ended and are complete, oldest first. A window without an
   * observer is absent; a revision without requests in an observed window is present with zeros.
   * @throws BelayError `METRICS_UNAVAILABLE`
   */
  windows(query: MetricQuery, signal: AbortSignal): Promise<readonly RevisionWindow[]>;
}

export interface MetricQuery {
  readonly ref: ServiceRef;
  readonly revisions: readonly Digest[];
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RevisionWindow {
  /** start ÷ interval. */
  readonly number: number;
  readonly fromMs: number;
  readonly intervalMs: number;
  readonly revisions: Readonly<Record<Digest, ArmWindow>>;
}

import type { ProbeCounts } from '../domain/analysis/window';
import type { ProbeSpec } from '../domain/monitoring/policy';
import type { Digest } from '../domain/revision';
import type { MetricQuery } from './metric-source';

/** Synthetic requests to each revision, for as long as somebody asks what became of them. */
export interface ProbeSource {
  /**
   * The whole windows between the two times that have ended and in which it probed, oldest first, on the target's grid. The
   * first query starts the probing, so that it has nothing to tell; a window without probes is absent.
   */
  windows(query: ProbeQuery, signal: AbortSignal): Promise<readonly ProbeWindow[]>;
}

export interface ProbeQuery extends MetricQuery {
  readonly probe: ProbeSpec;
}

export interface ProbeWindow {
  /** start ÷ interval. */
  readonly number: number;
  readonly fromMs: number;
  readonly intervalMs: number;
  readonly revisions: Readonly<Record<Digest, ProbeCounts>>;
}

import type { NamedMetric } from '../domain/analysis/criterion';
import type { MetricSample } from '../domain/analysis/reading';
import type { SourceSpec } from '../domain/monitoring/source-spec';
import type { ServiceRef } from '../domain/deployment';
import type { Digest } from '../domain/revision';

/** Metrics that a system of the user's knows: business figures, or anything with a revision's label. */
export interface ReadingSource {
  /**
   * The whole windows between the two times that have ended and are complete, oldest first, on the grid of the source's
   * resolution. A window that nobody observed is absent; a revision or metric that the source does not know is left out.
   * @throws BelayError `METRICS_UNAVAILABLE`, retryable: away, too slow, or an answer that is not the source's
   */
  readings(query: ReadingQuery, signal: AbortSignal): Promise<readonly RevisionReading[]>;
  /**
   * Before a plan: what stands against asking for these metrics, one sentence each with a way out (a name that the source does
   * not know, with suggestions; an answer in HTML; no series with the revision's label). Empty: nothing.
   */
  check(query: ReadingCheck, signal: AbortSignal): Promise<readonly string[]>;
}

/** Opens what a configuration describes; does not reach out yet. */
export type OpenReadingSource = (spec: SourceSpec) => ReadingSource;

export interface ReadingQuery {
  readonly ref: ServiceRef;
  readonly revisions: readonly Digest[];
  readonly metrics: readonly NamedMetric[];
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ReadingCheck {
  readonly ref: ServiceRef;
  /** What serves now, whose series must be there; null: nothing serves yet. */
  readonly stable: Digest | null;
  readonly metrics: readonly NamedMetric[];
}

export interface RevisionReading {
  /** start ÷ interval. */
  readonly number: number;
  readonly fromMs: number;
  readonly intervalMs: number;
  readonly revisions: Readonly<Record<Digest, Readonly<Record<string, MetricSample>>>>;
  /** What was answered and cannot be used, and is left out above; absent: nothing. */
  readonly missing?: readonly MissingSample[];
}

export interface MissingSample {
  readonly revision: Digest;
  readonly metric: string;
  /** At most 200 characters, without control characters; holds no secret. */
  readonly reason: string;
  /** It may be there when it is asked for again; absent: it stays as it is. */
  readonly mayPass?: true;
}

import type { Arm } from './window';

/** What a metric source counted or measured of one revision in one window. */
export type MetricSample =
  /** Worth `100 × events ÷ of` percent; counts are summed over windows before they are divided. */
  | { readonly kind: 'ratio'; readonly events: number; readonly of: number }
  /** In the metric's own unit; over several windows the mean, weighted by samples. */
  | { readonly kind: 'value'; readonly value: number; readonly samples: number };

/**
 * What a metric source other than the target saw in one of its windows; its windows are longer than the target's and come
 * later. `null`: the source saw nothing of that revision, which is not zero.
 */
export interface Reading {
  /** The name of the source. */
  readonly source: string;
  /** start ÷ interval. */
  readonly number: number;
  readonly fromMs: number;
  readonly intervalMs: number;
  readonly arms: Readonly<Record<Arm, Readonly<Record<string, MetricSample>> | null>>;
}

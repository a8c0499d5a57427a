import type { Severity } from '../analysis/criterion';
import type { MonitorName } from './policy';

/** All monitors at one look. */
export interface MonitoringSession {
  readonly atMs: number;
  /** Whether none of them has an issue; null: none could see anything. */
  readonly healthy: boolean | null;
  /** The mean of their scores, 0 to 100; null: none has one. */
  readonly score: number | null;
  readonly monitors: readonly MonitorReport[];
}

export interface MonitorReport {
  readonly monitor: MonitorName;
  /** `off`: the configuration switched it off. `no-data`: it could see nothing. */
  readonly state: 'watching' | 'no-data' | 'off';
  /** Null unless it is watching. */
  readonly healthy: boolean | null;
  /** 0 to 100; null unless it is watching. */
  readonly score: number | null;
  readonly issues: readonly MonitorIssue[];
  readonly values: readonly MonitorValue[];
  /** Full sentences that a reader should know: trouble that stable shares, probes only, why nothing is said. Absent: none. */
  readonly notes?: readonly string[];
}

export interface MonitorIssue {
  /** The same for the same trouble: `errors/error_rate`. */
  readonly key: string;
  readonly severity: Severity;
  readonly sentence: string;
}

export interface MonitorValue {
  /** `error_rate`, `apdex`, `business_metric_conversion`. */
  readonly name: string;
  readonly unit: 'percent' | 'ms' | 'score' | 'per-minute' | 'number';
  readonly candidate: number | null;
  readonly stable: number | null;
  /** Of the candidate's value. */
  readonly samples: number;
}

/** Trouble that people were told of and that is not over. */
export interface OpenAlert {
  /** One a monitor: issues of one monitor are one alert. */
  readonly monitor: MonitorName;
  readonly severity: Severity;
  readonly sinceMs: number;
  /** Keys of the issues that were told. */
  readonly issues: readonly string[];
  readonly sentence: string;
}

/**
 * `raised`: new trouble. `grew`: more or worse than was told. `resolved`: it is over. `unwatched`: the deployment has ended, the
 * candidate serves on, and it was not over.
 */
export interface AlertChange {
  readonly kind: 'raised' | 'grew' | 'resolved' | 'unwatched';
  readonly alert: OpenAlert;
  readonly atMs: number;
}

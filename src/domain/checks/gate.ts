/** What a gate may name: direction and unit belong to the metric, never to the gate. */
export const GATE_METRICS = {
  build_success: { unit: 'percent', passesWhen: 'at least' },
  unit_test_coverage: { unit: 'percent', passesWhen: 'at least' },
  unit_test_pass_rate: { unit: 'percent', passesWhen: 'at least' },
  integration_test_pass_rate: { unit: 'percent', passesWhen: 'at least' },
  critical_vulnerabilities: { unit: 'count', passesWhen: 'at most' },
  high_vulnerabilities: { unit: 'count', passesWhen: 'at most' },
  medium_vulnerabilities: { unit: 'count', passesWhen: 'at most' },
  secrets: { unit: 'count', passesWhen: 'at most' },
  compliance_violations: { unit: 'count', passesWhen: 'at most' },
  scan_coverage: { unit: 'percent', passesWhen: 'at least' },
  security_score: { unit: 'points', passesWhen: 'at least' },
  build_time: { unit: 'seconds', passesWhen: 'at most' },
  artifact_size: { unit: 'megabytes', passesWhen: 'at most' },
} as const satisfies Record<string, { unit: GateUnit; passesWhen: 'at least' | 'at most' }>;

export type GateUnit = 'percent' | 'count' | 'points' | 'seconds' | 'megabytes';

export type GateMetric = keyof typeof GATE_METRICS;

/** The metrics that can count only what the revision before did not have. */
export const COUNTED_METRICS: ReadonlySet<GateMetric> = new Set([
  'critical_vulnerabilities',
  'high_vulnerabilities',
  'medium_vulnerabilities',
  'secrets',
  'compliance_violations',
]);

export interface Gate {
  readonly name: string;
  readonly metric: GateMetric;
  readonly threshold: GateThreshold;
  readonly blocking: boolean;
  /** `fail` for blocking gates, `warn` otherwise; a blocking gate may be set aside by name with `warn`. */
  readonly onMissing: 'fail' | 'warn' | 'skip';
  /** On the safe side of the threshold: passes, and warns. */
  readonly warnAt: number | null;
  /** `new`: only what the last verified revision of the environment did not have. */
  readonly scope: 'all' | 'new';
  /** Where it is evaluated; elsewhere it is skipped. Null: everywhere. */
  readonly environments: readonly string[] | null;
}

/** `relative`: to the same measurement of the last verified revision; `changePercent` 10 allows a tenth more. */
export type GateThreshold =
  | { readonly kind: 'absolute'; readonly value: number }
  | { readonly kind: 'relative'; readonly changePercent: number };

export const GATE_OUTCOMES = ['passed', 'failed', 'warned', 'missing', 'skipped'] as const;
export type GateOutcome = (typeof GATE_OUTCOMES)[number];

export interface GateResult {
  readonly name: string;
  readonly metric: GateMetric;
  readonly outcome: GateOutcome;
  /** Whether it can stand in the way at all; one that cannot decides nothing else either. */
  readonly blocking: boolean;
  /** Whether it stands in the way now. */
  readonly blocks: boolean;
  /** Unrounded; null where it is missing or skipped. */
  readonly value: number | null;
  /** The absolute limit; null where a relative one has nothing to relate to. */
  readonly threshold: number | null;
  readonly sentence: string;
}

export type Measurements = Readonly<Partial<Record<GateMetric, number>>>;

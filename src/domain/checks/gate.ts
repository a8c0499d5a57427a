/** What a gate may name: direction and unit belong to the metric, never to the gate. */
export const GATE_METRICS = {
  build_success: { unit: 'percent', passesWhen: 'at least' },
  unit_test_coverage: { unit: 'percent', passesWhen: 'at least' },
  integration_test_pass_rate: { unit: 'percent', passesWhen: 'at least' },
  critical_vulnerabilities: { unit: 'count', passesWhen: 'at most' },
  high_vulnerabilities: { unit: 'count', passesWhen: 'at most' },
  secrets: { unit: 'count', passesWhen: 'at most' },
  build_time: { unit: 'seconds', passesWhen: 'at most' },
  artifact_size: { unit: 'megabytes', passesWhen: 'at most' },
} as const satisfies Record<string, { unit: string; passesWhen: 'at least' | 'at most' }>;

export type GateMetric = keyof typeof GATE_METRICS;

export interface Gate {
  readonly name: string;
  readonly metric: GateMetric;
  readonly threshold: number;
  readonly blocking: boolean;
  /** `fail` for blocking gates, `warn` otherwise; a blocking gate may be set aside by name with `warn`. */
  readonly onMissing: 'fail' | 'warn';
}

export interface GateResult {
  readonly name: string;
  readonly metric: GateMetric;
  readonly outcome: 'passed' | 'failed' | 'warned' | 'missing';
  readonly blocks: boolean;
  readonly value: number | null;
  readonly threshold: number;
  readonly sentence: string;
}

export interface GateVerdict {
  readonly passed: boolean;
  readonly results: readonly GateResult[];
  /** Sentences, one for each reason that blocks. */
  readonly blockers: readonly string[];
}

export type Measurements = Readonly<Partial<Record<GateMetric, number>>>;

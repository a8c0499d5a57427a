import type { BuiltInMetric } from '../analysis/criterion';
import { describeEvidence } from '../analysis/evidence-sentence';
import type { Finding } from './monitor-report';
import { NOTHING_FOUND } from './monitor-report';
import type { Basis } from './on-probes';
import type { MonitorName } from './policy';
import type { Sight, Weighed } from './weigh-limits';

/** One built-in metric that was weighed. */
export interface WeighedMetric {
  readonly monitor: MonitorName;
  readonly metric: BuiltInMetric;
  readonly candidate: Sight;
  readonly stable: Sight | null;
  readonly durationMs: number;
  readonly basis: Basis;
}

/** The issue, with what was seen, of how many, against what limit, for how long; or the note that it is shared. */
export function findingOf(seen: WeighedMetric, weighed: Weighed): Finding {
  if (weighed.state === 'clear') return NOTHING_FOUND;
  const { limit, state } = weighed;
  const text = describeAgainst(seen, limit.threshold);
  if (state === 'shared') {
    const note = `${text}: stable does no better within chance, so it is not held against the candidate.`;
    return { issues: [], notes: [note] };
  }
  const key = `${seen.monitor}/${seen.metric}`;
  return { issues: [{ key, severity: limit.severity, sentence: `${text}.` }], notes: [] };
}

function describeAgainst(seen: WeighedMetric, threshold: number): string {
  const { metric, candidate, stable, durationMs, basis } = seen;
  return describeEvidence({
    criterion: metric,
    metric,
    state: 'breached',
    value: candidate.value,
    baseline: stable?.value ?? null,
    baselineSamples: stable?.samples ?? 0,
    threshold,
    samples: candidate.samples,
    durationMs,
    basis,
  });
}

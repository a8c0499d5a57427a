import type { Measurement } from '../analysis/measurement';
import { formatCount, formatCounted } from '../format/count';
import { formatDecimal } from '../format/decimal';
import { formatSeconds } from '../format/duration';
import { measureApdex } from './apdex';
import { NOTHING_FOUND } from './monitor-report';
import type { Finding } from './monitor-report';
import type { RequestView } from './request-view';
import { FEWEST_REQUESTS } from './request-view';
import type { MonitorValue } from './session';

/** Below this, Apdex calls an index poor. */
const POOR = 0.7;
const WORSE_BY = 0.1;
/** Of the index, in standard errors at their widest (0.5 ÷ √samples). */
const STANDARD_ERRORS = 4;

/**
 * User experience: not clearly worse than stable's at the same time; where stable shows nothing to compare with, not poor.
 * Value and samples are those of the candidate.
 */
export function weighApdex(
  view: RequestView,
  targetMs: number,
): { readonly finding: Finding; readonly value: MonitorValue } {
  const candidate = measureApdex(view.candidate, targetMs);
  const stable = measureApdex(view.stable, targetMs);
  const value: MonitorValue = {
    name: 'apdex',
    unit: 'score',
    candidate: candidate.value,
    stable: stable.value,
    samples: candidate.samples,
  };
  const limit = limitOf(candidate, stable);
  if (candidate.value === null || limit === null || candidate.value >= limit) {
    return { value, finding: NOTHING_FOUND };
  }
  return {
    value,
    finding: { issues: [issueOf(view, { value, limit, targetMs, stable })], notes: [] },
  };
}

function limitOf(candidate: Measurement, stable: Measurement): number | null {
  if (candidate.samples < FEWEST_REQUESTS) return null;
  if (stable.value === null || stable.samples < FEWEST_REQUESTS) return POOR;
  const fewer = Math.min(candidate.samples, stable.samples);
  return stable.value - Math.max(WORSE_BY, (STANDARD_ERRORS * 0.5) / Math.sqrt(fewer));
}

function issueOf(
  { basis, spanMs }: RequestView,
  seen: {
    readonly value: MonitorValue;
    readonly limit: number;
    readonly targetMs: number;
    readonly stable: Measurement;
  },
): Finding['issues'][number] {
  const { value, limit, targetMs, stable } = seen;
  const things = formatCounted(value.samples, basis === 'probes' ? 'probe' : 'request');
  const beside =
    stable.value === null
      ? 'stable: nothing to compare with'
      : `stable ${score(stable.value)} of ${formatCount(stable.samples)}`;
  const sentence =
    `Apdex was ${score(value.candidate ?? 0)} (limit ${score(limit)}, target ${formatCount(targetMs)} ms) ` +
    `over ${things} in the last ${formatSeconds(spanMs)}; ${beside}.`;
  return { key: 'performance/apdex', severity: 'medium', sentence };
}

function score(value: number): string {
  return formatDecimal(value, 2);
}

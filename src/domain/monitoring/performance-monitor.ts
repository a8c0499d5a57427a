import { weighApdex } from './apdex-finding';
import { weighLatency } from './latency-finding';
import type { LatencyMetric } from './latency-finding';
import { blindReport, watchingReport } from './monitor-report';
import type { MonitorScene } from './monitor-scene';
import { FEWEST_REQUESTS, requestsOf } from './request-view';
import type { RequestView } from './request-view';
import type { MonitorReport, MonitorValue } from './session';

const METRICS: readonly LatencyMetric[] = [
  'response_time_p50',
  'response_time_p95',
  'response_time_p99',
];

const MINUTE_MS = 60_000;

/** Latencies, user experience (Apdex) and throughput of the last minute. The score is 100 × Apdex. */
export function reportPerformance(scene: MonitorScene, view: RequestView): MonitorReport {
  const latencies = METRICS.map((metric) => weighLatency(scene, view, metric));
  const apdex = weighApdex(view, scene.monitoring.performance.apdexTargetMs);
  const values = [...latencies.map(({ value }) => value), apdex.value, throughputOf(view)];
  const index = apdex.value.candidate;
  if (index === null || view.requests < FEWEST_REQUESTS) {
    return blindReport('performance', { values, notes: lackOf(view) });
  }
  return watchingReport('performance', {
    findings: [...latencies, apdex].map(({ finding }) => finding),
    score: 100 * index,
    values,
    notes: view.notes,
  });
}

/** Of users, whatever the other values rest on. */
function throughputOf({ users }: RequestView): MonitorValue {
  const { candidate, observedMs, stable } = users;
  return {
    name: 'throughput',
    unit: 'per-minute',
    candidate: perMinute(requestsOf(candidate), observedMs.candidate),
    stable: perMinute(requestsOf(stable), observedMs.stable),
    samples: requestsOf(candidate),
  };
}

function perMinute(requests: number, observedMs: number): number | null {
  return observedMs === 0 ? null : (requests * MINUTE_MS) / observedMs;
}

function lackOf(view: RequestView): readonly string[] {
  if (view.candidate.length === 0) return ['No window of the candidate was seen lately.'];
  return view.notes.length > 0 ? view.notes : ['No latency of the candidate was seen lately.'];
}

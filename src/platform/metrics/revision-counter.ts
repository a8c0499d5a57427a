import { bucketOf } from '../../domain/analysis/histogram';
import type { RevisionCounts } from '../admin-api';

export type StatusClass = keyof RevisionCounts['status'];

/** One revision's counts of one second, while they grow. */
export class RevisionCounter {
  private readonly status: Record<StatusClass, number> = {
    '2xx': 0,
    '3xx': 0,
    '4xx': 0,
    '5xx': 0,
    failed: 0,
    aborted: 0,
  };
  private readonly latency = new Map<number, number>();
  private passed = 0;
  private failed = 0;

  attempt(status: StatusClass, latencyMs: number | null): void {
    this.status[status] += 1;
    if (latencyMs === null) return;
    const bucket = bucketOf(latencyMs);
    this.latency.set(bucket, (this.latency.get(bucket) ?? 0) + 1);
  }

  healthCheck(result: 'passed' | 'failed'): void {
    if (result === 'passed') this.passed += 1;
    else this.failed += 1;
  }

  counts(): RevisionCounts {
    return {
      requests: Object.values(this.status).reduce((sum, count) => sum + count, 0),
      status: { ...this.status },
      latency: { buckets: [...this.latency].sort(([a], [b]) => a - b) },
      healthChecks: { passed: this.passed, failed: this.failed },
    };
  }
}

/** The class that an answer counts in; an upgrade (101) counts as 2xx. */
export function statusClassOf(status: number): StatusClass {
  if (status >= 500) return '5xx';
  if (status >= 400) return '4xx';
  if (status >= 300) return '3xx';
  return '2xx';
}

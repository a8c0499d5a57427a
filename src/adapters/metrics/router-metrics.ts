import type { ArmWindow } from '../../domain/analysis/window';
import { EMPTY_HISTOGRAM } from '../../domain/analysis/histogram';
import { BelayError } from '../../domain/errors';
import type { Digest } from '../../domain/revision';
import type { MetricsAnswer, MetricsWindow, RevisionCounts } from '../../platform/admin-api';
import type { MetricQuery, MetricSource, RevisionWindow } from '../../ports/metric-source';
import { createPlatformClient, servicePath } from '../platform-client';

export interface RouterMetricsOptions {
  /** The admin socket of the platform. */
  readonly socketPath: string;
}

/**
 * What the local router counted. A request is an attempt at an instance. Errors are 5xx answers and attempts without an answer. What
 * the client gave up is neither an answer nor an error, because nobody can tell whose fault it was: a candidate that lets
 * everybody wait must not look like one that answers. The platform counts as latency how long those waited at least.
 */
export function createRouterMetrics({ socketPath }: RouterMetricsOptions): MetricSource {
  const platform = createPlatformClient(socketPath);
  return {
    async windows(query, signal) {
      const path = servicePath(query.ref, `/metrics?from=${query.fromMs}&to=${query.toMs}`);
      const answer = await platform
        .read<MetricsAnswer>(path, signal)
        .catch((error: unknown) => rethrowAsMetrics(error));
      return answer === null ? [] : windowsOf(answer, query);
    },
  };
}

function rethrowAsMetrics(cause: unknown): never {
  if (!(cause instanceof BelayError)) throw cause;
  throw new BelayError(
    'METRICS_UNAVAILABLE',
    `Nobody can tell how the revisions do: ${cause.message}`,
    {
      ...(cause.next === undefined ? {} : { next: cause.next }),
      cause,
    },
  );
}

function windowsOf({ intervalMs, windows }: MetricsAnswer, query: MetricQuery): RevisionWindow[] {
  return windows
    .filter(({ fromMs }) => fromMs >= query.fromMs && fromMs + intervalMs <= query.toMs)
    .map((window) => ({
      number: window.number,
      fromMs: window.fromMs,
      intervalMs,
      revisions: armsOf(window, query.revisions),
    }));
}

function armsOf(window: MetricsWindow, revisions: readonly Digest[]): Record<Digest, ArmWindow> {
  return Object.fromEntries(
    revisions.map((revision) => [revision, armOf(window.revisions[revision])]),
  );
}

function armOf(counts: RevisionCounts | undefined): ArmWindow {
  // The router watched: a revision that it does not mention had no request.
  if (counts === undefined) return SILENT;
  return {
    requests: counts.requests - counts.status.aborted,
    errors: counts.status['5xx'] + counts.status.failed,
    latency: counts.latency,
    ...(counts.status.aborted === 0 ? {} : { abandoned: counts.status.aborted }),
    healthChecksPassed: counts.healthChecks.passed,
    healthChecksFailed: counts.healthChecks.failed,
  };
}

const SILENT: ArmWindow = {
  requests: 0,
  errors: 0,
  latency: EMPTY_HISTOGRAM,
  healthChecksPassed: 0,
  healthChecksFailed: 0,
};

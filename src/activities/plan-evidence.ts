import type { NamedMetric } from '../domain/analysis/criterion';
import type { DeploymentRequest } from '../domain/deployment';
import type { SourceSpec } from '../domain/monitoring/source-spec';
import type { Digest } from '../domain/revision';
import type { ActivityDependencies } from './dependencies';

const LOOKED_BACK_MS = 60_000;

/** Requests a second that the service gets now, over the last minute; null: nobody could count. Only for the plan's notes. */
export async function trafficPerSecond(
  { clock, metrics }: ActivityDependencies,
  { ref, stable }: Serving,
  signal: AbortSignal,
): Promise<number | null> {
  if (stable === null) return null;
  const toMs = clock();
  const query = { ref, revisions: [stable], fromMs: toMs - LOOKED_BACK_MS, toMs };
  try {
    const windows = await metrics.windows(query, signal);
    const seconds = windows.reduce((sum, { intervalMs }) => sum + intervalMs / 1_000, 0);
    const requests = windows.reduce((sum, one) => sum + (one.revisions[stable]?.requests ?? 0), 0);
    return seconds === 0 ? null : requests / seconds;
  } catch {
    return null;
  }
}

interface Serving {
  readonly ref: Pick<DeploymentRequest, 'service' | 'environment'>;
  readonly stable: Digest | null;
}

/**
 * What stands against asking the user's sources for what the criteria need, one sentence each; empty: nothing does. A source
 * that a criterion depends on and that is away would make every step end without a verdict.
 */
export async function sourceProblems(
  deps: ActivityDependencies,
  { request, stable }: { readonly request: DeploymentRequest; readonly stable: Digest | null },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { criteria, environment, monitoring, service } = request;
  const ref = { service, environment };
  const found = await Promise.all(
    monitoring.sources.map(async (spec) => {
      const metrics = criteria.filter(({ source }) => source === spec.name).map(metricOf);
      if (metrics.length === 0) return [];
      return await problemsOf(deps, { spec, check: { ref, stable, metrics } }, signal);
    }),
  );
  return found.flat();
}

function metricOf({ metric }: DeploymentRequest['criteria'][number]): NamedMetric {
  return metric as NamedMetric;
}

interface Asked {
  readonly spec: SourceSpec;
  readonly check: Parameters<ReturnType<ActivityDependencies['openReadingSource']>['check']>[0];
}

async function problemsOf(
  { openReadingSource }: ActivityDependencies,
  { spec, check }: Asked,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return await openReadingSource(spec).check(check, signal);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [`metric source ${spec.name} cannot be asked: ${why}`];
  }
}

import type { DeploymentRequest } from '../domain/deployment';
import type { TemporalRuns } from './temporal-runs';
import type { DeploymentRun } from './deployment-client';

/** What a run was asked for, and by what: from its request, which never changes. */
export interface RunOrigin {
  /** Null: unknown. */
  readonly commit: string | null;
  /** As the one who asked gave it. */
  readonly reason: string | null;
  /** How many must approve; null: nobody has to. */
  readonly approvalsNeeded: number | null;
}

/** Reads the origin of a run; each is asked for once. */
export type ReadOrigin = (run: DeploymentRun) => Promise<RunOrigin | null>;

const WITHIN_MS = 2_000;

/** Null where Temporal does not say it in time or has deleted it: a status without it is still a status. */
export function originReader(runs: TemporalRuns): ReadOrigin {
  const known = new Map<string, RunOrigin>();
  return async (run) => {
    const before = known.get(run.runId);
    if (before !== undefined) return before;
    const request = await runs.request(run, WITHIN_MS).catch(() => null);
    if (request === null) return null;
    const origin = originOf(request);
    known.set(run.runId, origin);
    return origin;
  };
}

/** Of a request of another version, what can be read. */
function originOf(request: Partial<DeploymentRequest>): RunOrigin {
  const quorum = request.approval?.quorum;
  return {
    commit: request.artifact?.commit ?? null,
    reason: request.reason ?? null,
    approvalsNeeded: quorum === undefined ? null : Math.max(1, quorum),
  };
}

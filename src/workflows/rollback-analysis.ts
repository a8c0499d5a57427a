import { analyzeRollback } from '../domain/rollback/analyze-rollback';
import type { RevisionDifference, RollbackAnalysis } from '../domain/rollback/rollback-analysis';
import type { Deployment } from './deployment';

/** What closes a way back; null where nothing had to be taken back. */
export async function rollbackAnalysis(deployment: Deployment): Promise<RollbackAnalysis | null> {
  const { departure, hasEffects, progress, totals, verdicts } = deployment;
  if (departure === null || !hasEffects) return null;
  const status = progress.snapshot();
  return analyzeRollback({
    trigger: departure.trigger ?? 'failure',
    by: departure.by,
    severity: departure.severity ?? null,
    cause: departure.cause,
    verdicts,
    exposure: totals.candidate,
    decidedAtMs: status.decidedAtMs ?? Date.now(),
    safeAtMs: status.safeAtMs,
    cleanAtMs: deployment.cleanAtMs,
    difference: await difference(deployment),
    hold: deployment.held,
    validation: deployment.validation,
  });
}

/** What to look at first; a store that does not answer leaves it out. */
async function difference({
  activities,
  candidate,
  stable,
}: Deployment): Promise<RevisionDifference | null> {
  if (candidate === null || stable === null) return null;
  try {
    const compared = { from: stable.revision, to: candidate };
    return await activities.cleanups.compareRevisions(compared);
  } catch {
    return null;
  }
}

import { CancellationScope } from '@temporalio/workflow';
import type { CheckName } from '../domain/checks/catalog';
import type { CheckReport } from '../domain/checks/finding';
import type { Digest } from '../domain/revision';
import type { ActivityProxies } from './activity-proxies';
import { sentenceOf } from './departure';

/** Side by side, each an activity of its own. */
export function runChecks(
  activities: ActivityProxies,
  names: readonly CheckName[],
  artifact: Digest,
): Promise<CheckReport[]> {
  return Promise.all(names.map((check) => runCheck(activities, check, artifact)));
}

/** A check that could not run is a failed check, not a failed deployment: the gate says what that means. */
async function runCheck(
  activities: ActivityProxies,
  check: CheckName,
  artifact: Digest,
): Promise<CheckReport> {
  const startedAtMs = Date.now();
  try {
    return await activities.checks.runCheck.executeWithOptions({ summary: `Check: ${check}` }, [
      { check, artifact },
    ]);
  } catch (error) {
    if (CancellationScope.current().consideredCancelled) throw error;
    const reason = sentenceOf(error);
    const durationMs = Date.now() - startedAtMs;
    const nothing = { covered: 0, applicable: 1, skipped: [], findings: [] };
    return { check, status: 'failed', reason, ...nothing, probe: 'none', durationMs };
  }
}

import type { PerformanceResult } from '../domain/monitoring/performance';
import { QUESTION_MS } from '../domain/monitoring/question';
import type { RolloutPlan } from '../domain/rollout/plan';
import { askPerson } from './ask-person';
import type { Deployment } from './deployment';
import { leaveUnseen } from './leave-unseen';
import { lastWatchOf } from './investigate';

/**
 * Holds what was recorded since the candidate has everybody's traffic against the thresholds that the configuration asks for.
 * What misses one keeps its weights until a person has looked; nobody by the deadline means back.
 */
export async function validatePerformance(
  deployment: Deployment,
  plan: RolloutPlan,
  fromMs: number,
): Promise<void> {
  const { activities, progress, request } = deployment;
  const { apdexTargetMs, thresholds } = request.monitoring.performance;
  const step = lastWatchOf(plan);
  if (thresholds === null || step === null) return;
  const { deploymentId } = request;
  const result = await activities.reads.validatePerformance.executeWithOptions(
    { summary: 'Hold performance against its thresholds' },
    [{ deploymentId, thresholds, apdexTargetMs, fromMs }],
  );
  progress.validated(result);
  progress.result(result.reason);
  if (result.passed) return;
  if (isUnseen(result) && step.onNoData === 'rollback') leaveUnseen(deployment, result.reason);
  await askPerson(deployment, step, {
    question: `Performance: ${result.reason}`,
    deadlineMs: QUESTION_MS,
    onDeadline: 'rollback',
    severity: 'high',
  });
}

function isUnseen({ verdict }: PerformanceResult): boolean {
  return verdict === 'no-data';
}

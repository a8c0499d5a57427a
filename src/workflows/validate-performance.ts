import { isCancellation } from '@temporalio/workflow';
import type { PerformanceInput } from '../activities/validate-performance';
import { unseenPerformance, type PerformanceResult } from '../domain/monitoring/performance';
import { QUESTION_MS } from '../domain/monitoring/question';
import type { RolloutPlan } from '../domain/rollout/plan';
import { askPerson } from './ask-person';
import { sentenceOf } from './departure';
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
  const { progress, request } = deployment;
  const { apdexTargetMs, thresholds } = request.monitoring.performance;
  const step = lastWatchOf(plan);
  if (thresholds === null || step === null) return;
  const { deploymentId } = request;
  const result = await holdAgainst(deployment, { deploymentId, thresholds, apdexTargetMs, fromMs });
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

/** A record that cannot be read is nothing seen, no matter how well the candidate does: for a person, like every gap. */
async function holdAgainst(
  { activities }: Deployment,
  input: PerformanceInput,
): Promise<PerformanceResult> {
  const summary = 'Hold performance against its thresholds';
  try {
    return await activities.reads.validatePerformance.executeWithOptions({ summary }, [input]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return unseenPerformance(`The evidence could not be read: ${sentenceOf(error)}`);
  }
}

function isUnseen({ verdict }: PerformanceResult): boolean {
  return verdict === 'no-data';
}

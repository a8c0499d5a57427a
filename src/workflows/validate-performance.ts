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
import { watchOn } from './watch-on';

/**
 * Holds what was recorded since the candidate has everybody's traffic against the thresholds that the configuration asks for.
 * What misses one keeps its weights until a person has looked; nobody by the deadline means back. Where too little was seen, it
 * is watched on as long as the step may last.
 */
export async function validatePerformance(
  deployment: Deployment,
  plan: RolloutPlan,
  fromMs: number,
): Promise<void> {
  const { request } = deployment;
  const { apdexTargetMs, thresholds } = request.monitoring.performance;
  const step = lastWatchOf(plan);
  if (thresholds === null || step === null) return;
  const { deploymentId } = request;
  const input = { deploymentId, thresholds, apdexTargetMs, fromMs };
  const longestAtMs = fromMs + step.limits.longestMs;
  let result = await hold(deployment, input);
  while (mayBeSeenYet(result) && Date.now() < longestAtMs) {
    const untilMs = Math.min(longestAtMs, Date.now() + thresholds.windowMs);
    if (await watchOn(deployment, step, { untilMs })) return;
    result = await hold(deployment, input);
  }
  if (result.passed) return;
  if (isUnseen(result) && step.onNoData === 'rollback') leaveUnseen(deployment, result.reason);
  await askPerson(deployment, step, {
    question: `Performance: ${result.reason}`,
    deadlineMs: QUESTION_MS,
    onDeadline: 'rollback',
    severity: 'high',
  });
}

async function hold(deployment: Deployment, input: PerformanceInput): Promise<PerformanceResult> {
  const result = await holdAgainst(deployment, input);
  deployment.progress.validated(result);
  deployment.progress.result(result.reason);
  return result;
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

/** Without a metric the evidence itself could not be read: watching on mends nothing. */
function mayBeSeenYet(result: PerformanceResult): boolean {
  return isUnseen(result) && result.metrics.length > 0;
}

function isUnseen({ verdict }: PerformanceResult): boolean {
  return verdict === 'no-data';
}

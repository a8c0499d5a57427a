import type { Criterion } from '../domain/analysis/criterion';
import type { Step } from '../domain/rollout/plan';
import type { Deployment } from './deployment';
import { leaveHarmed } from './leave-harmed';
import { watchFor, type Watched } from './watch-for';

export interface Meanwhile {
  readonly untilMs: number;
  /** How long after it the durable timer rings. */
  readonly graceMs: number;
  readonly wake: () => boolean;
}

/** Watches with the weights as they are while a person is waited for, or instances start. Leaves where the candidate does harm. */
export async function watchMeanwhile(
  deployment: Deployment,
  step: Step,
  { untilMs, graceMs, wake }: Meanwhile,
): Promise<Watched['kind']> {
  const watched = await watchFor(deployment, {
    step,
    weights: deployment.commandedWeights,
    limits: { leastMs: 0, longestMs: untilMs - Date.now(), minimumRequests: 0 },
    criteria: deployment.criteria.map(unasked),
    stepStartedAtMs: deployment.stepStartedAtMs,
    leastAtMs: null,
    longestAtMs: untilMs,
    graceMs,
    wake,
  });
  if (watched.kind === 'seen' && watched.seen.end === 'harm')
    leaveHarmed(deployment, watched.seen.verdict);
  return watched.kind;
}

/**
 * Only guards end such a watch. The questions are watched on all the same: a judge remembers no further back than its criteria
 * look, and they look back over what happened meanwhile.
 */
function unasked(criterion: Criterion): Criterion {
  return criterion.action === 'ask' ? { ...criterion, action: 'hold' } : criterion;
}

import type { Verdict } from '../domain/analysis/verdict';
import type { Deployment } from './deployment';

/** A hard guard is breached: back, at once, without asking. */
export function leaveHarmed(deployment: Deployment, { rule, sentence }: Verdict): never {
  const criteria = deployment.planned?.plan.criteria.map(({ criterion }) => criterion) ?? [];
  const breached = criteria.find(({ id }) => rule === `guard:${id}`);
  return deployment.leave({
    outcome: 'rolled-back',
    cause: sentence,
    by: null,
    hold: true,
    trigger: 'criterion',
    ...(breached === undefined ? {} : { severity: breached.severity }),
  });
}

import type { Severity } from '../domain/analysis/criterion';
import { GONE, type Verdict } from '../domain/analysis/verdict';
import type { RollbackTrigger } from '../domain/rollback/rollback-analysis';
import type { Deployment } from './deployment';

/** A hard guard is breached, or the candidate does not answer at all: back, at once, without asking. */
export function leaveHarmed(deployment: Deployment, { rule, sentence }: Verdict): never {
  const severity = severityOf(deployment, rule);
  return deployment.leave({
    outcome: 'rolled-back',
    cause: sentence,
    by: null,
    hold: true,
    trigger: triggerOf(rule),
    ...(severity === undefined ? {} : { severity }),
  });
}

/** What a verdict of harm sets off. */
export function triggerOf(rule: string): RollbackTrigger {
  return rule === GONE ? 'gone' : 'criterion';
}

function severityOf({ criteria }: Deployment, rule: string): Severity | undefined {
  if (rule === GONE) return 'critical';
  return criteria.find(({ id }) => rule === `guard:${id}`)?.severity;
}

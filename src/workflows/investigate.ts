import type { OpenAlert } from '../domain/monitoring/session';
import { USUAL_SPAN_MS } from '../domain/monitoring/usual-span';
import { QUESTION_MS } from '../domain/monitoring/question';
import type { BakeStep, RolloutPlan, Step } from '../domain/rollout/plan';
import { askPerson } from './ask-person';
import type { Deployment } from './deployment';
import { watchOn } from './watch-on';

/**
 * Before it counts as live: what the monitors still find wrong, and no criterion decides, is for a person to look at. The
 * weights stay meanwhile; nobody by the deadline means back (the specification's manual investigation). In a short verification
 * the monitors still see what was before it: what began before is watched until they see nothing older.
 */
export async function investigate(
  deployment: Deployment,
  plan: RolloutPlan,
  verifiedFromMs: number,
): Promise<void> {
  const step = lastWatchOf(plan);
  if (step === null) return;
  const lasting = graveNews(deployment).filter((alert) => lasts(deployment, alert));
  if (lasting.length > 0 && lasting.every(({ sinceMs }) => sinceMs < verifiedFromMs)) {
    const untilMs = verifiedFromMs + USUAL_SPAN_MS;
    const isOver = () => graveNews(deployment).length === 0;
    if (await watchOn(deployment, step, { untilMs, isOver })) return;
  }
  const grave = graveNews(deployment).filter(
    (alert) => lasts(deployment, alert) && isOfNow(alert, verifiedFromMs),
  );
  if (grave.length === 0) return;
  await askPerson(deployment, step, {
    question: grave.map(({ sentence }) => sentence).join(' '),
    deadlineMs: QUESTION_MS,
    onDeadline: 'rollback',
    severity: grave.some(({ severity }) => severity === 'critical') ? 'critical' : 'high',
  });
}

/** The watch at 100 %; null on a plan without one. */
export function lastWatchOf({ steps }: RolloutPlan): BakeStep | null {
  return steps.find(isVerification) ?? null;
}

function isVerification(step: Step): step is BakeStep {
  return step.kind === 'bake' && step.phase === 'verify';
}

function graveNews(deployment: Deployment): readonly OpenAlert[] {
  return deployment.openAlerts.filter((alert) => isGrave(alert) && isNews(deployment, alert));
}

function isNews({ acceptedIssues }: Deployment, { issues }: OpenAlert): boolean {
  return issues.some((issue) => !acceptedIssues.has(issue));
}

/** An alert is over only after a while of health; what is healthy at the moment needs nobody. */
function lasts({ progress }: Deployment, { monitor: name }: OpenAlert): boolean {
  const { session } = progress.snapshot();
  return (
    session?.monitors.some(({ monitor, healthy }) => monitor === name && healthy === false) === true
  );
}

function isOfNow({ sinceMs }: OpenAlert, verifiedFromMs: number): boolean {
  return sinceMs >= verifiedFromMs || Date.now() - verifiedFromMs >= USUAL_SPAN_MS;
}

function isGrave({ severity }: OpenAlert): boolean {
  return severity === 'critical' || severity === 'high';
}

import { unitOf } from '../../domain/analysis/measurement';
import type { Evidence } from '../../domain/analysis/verdict';
import type { OpenAlert } from '../../domain/monitoring/session';
import type { DeploymentStatus } from '../../domain/status';
import { valueText } from './live/numbers';

/** What monitoring found since the last look, one text each: criteria that stand otherwise, alerts, the validation. */
export function monitoringEvents(old: DeploymentStatus, now: DeploymentStatus): readonly string[] {
  return [...criterionTexts(old, now), ...alertTexts(old, now), ...performanceTexts(old, now)];
}

/** Every one where the verdict is of another kind. */
function criterionTexts(old: DeploymentStatus, now: DeploymentStatus): readonly string[] {
  const isOther = old.verdict?.kind !== now.verdict?.kind;
  const before = new Map(
    old.verdict?.evidence.map(({ criterion, state }) => [criterion, state] as const),
  );
  return (now.verdict?.evidence ?? [])
    .filter(({ criterion, state }) => isOther || before.get(criterion) !== state)
    .map(criterionText);
}

function criterionText(evidence: Evidence): string {
  const { baseline, criterion, metric, samples, state, threshold, value } = evidence;
  const unit = evidence.unit ?? unitOf(metric);
  const show = (one: number | null): string => `"${valueText(one, unit)}"`;
  return (
    `criterion=${criterion} state=${state} value=${show(value)} stable=${show(baseline)} ` +
    `limit=${show(threshold)} n=${samples}${evidence.basis === 'probes' ? ' basis=probes' : ''}`
  );
}

function alertTexts(old: DeploymentStatus, now: DeploymentStatus): readonly string[] {
  const isIn = (alerts: readonly OpenAlert[], { monitor }: OpenAlert): boolean =>
    alerts.some((one) => one.monitor === monitor);
  const raised = now.openAlerts
    .filter((alert) => !isIn(old.openAlerts, alert))
    // What people were told in these words is told already.
    .filter(({ sentence }) => !now.alerts.some((told) => told.includes(sentence)))
    .map(
      ({ monitor, sentence, severity }) =>
        `alert monitor=${monitor} severity=${severity} "${sentence}"`,
    );
  const resolved = old.openAlerts
    .filter((alert) => !isIn(now.openAlerts, alert))
    .map(({ monitor }) => `resolved monitor=${monitor}`);
  return [...raised, ...resolved];
}

function performanceTexts(old: DeploymentStatus, now: DeploymentStatus): readonly string[] {
  const { performance } = now;
  if (performance === null || old.performance?.reason === performance.reason) return [];
  return [`performance=${performance.verdict} "${performance.reason}"`];
}

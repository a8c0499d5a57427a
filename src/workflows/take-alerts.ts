import { serviceName } from '../domain/deployment';
import { sentenceOfAlert } from '../domain/monitoring/alert-sentence';
import type { AlertChange } from '../domain/monitoring/session';
import type { Outcome } from '../domain/outcome';
import type { Deployment } from './deployment';
import { tell } from './tell';

/** So many changes of alerts are told in one deployment: trouble that comes and goes must not fill the history. */
const MOST_CHANGES = 60;

/** What the monitors found since the last look: kept, shown, and told once. */
export function takeAlerts(deployment: Deployment, alerts: readonly AlertChange[]): void {
  for (const change of alerts) {
    deployment.alertChanges.push(change);
    deployment.openAlerts = withChange(deployment, change);
    void tell(deployment, tellingOf(deployment, change));
  }
  deployment.progress.openAlerts(deployment.openAlerts);
}

/** At the end nothing is watched any more: what still stands open is over with the candidate, or goes on with it. */
export function closeAlerts(deployment: Deployment, outcome: Outcome): void {
  const atMs = Date.now();
  const kind = mayServeAfter(outcome) ? 'unwatched' : 'resolved';
  takeAlerts(
    deployment,
    deployment.openAlerts.map((alert) => ({ kind, alert, atMs })),
  );
}

function mayServeAfter(outcome: Outcome): boolean {
  return outcome === 'succeeded' || outcome === 'rollback-incomplete';
}

export function mayAlert({ alertChanges, request }: Deployment): boolean {
  return request.monitoring.alerting === 'on' && alertChanges.length < MOST_CHANGES;
}

function withChange({ openAlerts }: Deployment, { kind, alert }: AlertChange) {
  const others = openAlerts.filter(({ monitor }) => monitor !== alert.monitor);
  return kind === 'resolved' || kind === 'unwatched' ? others : [...others, alert];
}

function tellingOf({ ref }: Deployment, change: AlertChange) {
  const name = serviceName(ref);
  const isOver = change.kind === 'resolved';
  return {
    kind: isOver ? 'resolved' : 'alert',
    severity: change.alert.severity,
    sentence: sentenceOfAlert(change),
    next: isOver ? null : `belay status ${name} --watch; belay rollback ${name}`,
  } as const;
}

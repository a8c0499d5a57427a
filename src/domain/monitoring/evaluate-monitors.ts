import { reportBusiness } from './business-monitor';
import { reportErrors } from './error-monitor';
import { reportHealth } from './health-monitor';
import { offReport } from './monitor-report';
import type { MonitorScene } from './monitor-scene';
import { reportPerformance } from './performance-monitor';
import { MONITORS } from './policy';
import type { MonitorName } from './policy';
import { lookAtRequests } from './request-view';
import type { RequestView } from './request-view';
import type { MonitorReport, MonitoringSession } from './session';
import { inOrder } from './usable-windows';

/**
 * All monitors at one look. `windows` may come twice and in any order; what is impossible in them counts as not seen. The
 * session's score is the mean of those that have one, and it is healthy where no monitor has an issue and one at least
 * saw something.
 */
export function evaluateMonitors(scene: MonitorScene): MonitoringSession {
  const ordered = { ...scene, windows: inOrder(scene.windows) };
  const requests = lookAtRequests(ordered);
  const monitors = MONITORS.map((monitor) =>
    scene.monitoring.monitors[monitor] === 'off'
      ? offReport(monitor)
      : reportOf(monitor, ordered, requests),
  );
  const scores = monitors.flatMap(({ score }) => score ?? []);
  const seen = monitors.flatMap(({ healthy }) => healthy ?? []);
  return {
    atMs: scene.atMs,
    healthy: seen.length === 0 ? null : seen.every(Boolean),
    score: scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length,
    monitors,
  };
}

function reportOf(monitor: MonitorName, scene: MonitorScene, requests: RequestView): MonitorReport {
  switch (monitor) {
    case 'health':
      return reportHealth(scene);
    case 'performance':
      return reportPerformance(scene, requests);
    case 'errors':
      return reportErrors(scene, requests);
    case 'business':
      return reportBusiness(scene);
  }
}

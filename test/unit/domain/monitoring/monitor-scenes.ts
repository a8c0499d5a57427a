import { bucketOf } from '../../../../src/domain/analysis/histogram';
import type { MetricSample, Reading } from '../../../../src/domain/analysis/reading';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';
import { evaluateMonitors } from '../../../../src/domain/monitoring/evaluate-monitors';
import type { MonitorScene } from '../../../../src/domain/monitoring/monitor-scene';
import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import type { MonitorName } from '../../../../src/domain/monitoring/policy';
import type { MonitorReport } from '../../../../src/domain/monitoring/session';
import type { SourceSpec } from '../../../../src/domain/monitoring/source-spec';
import { STABLE } from '../support/plan-inputs';
import { arm, SECOND_MS, windowsOf } from '../support/windows';

/** A minute and a half of good windows, looked at just after the last. */
export function scene(changes: Partial<MonitorScene> = {}): MonitorScene {
  const windows = changes.windows ?? windowsOf(90, arm(10), arm(90));
  const last = windows.at(-1);
  return {
    monitoring: DEFAULT_MONITORING,
    criteria: [],
    stable: STABLE,
    readings: [],
    atMs: last === undefined ? 0 : last.fromMs + last.intervalMs + SECOND_MS,
    ...changes,
    windows,
  };
}

/** What one monitor says of the scene. */
export function reportOf(monitor: MonitorName, of: MonitorScene): MonitorReport {
  const report = evaluateMonitors(of).monitors.find((one) => one.monitor === monitor);
  if (report === undefined) throw new Error(`no ${monitor} monitor`);
  return report;
}

export function keysOf(report: MonitorReport): readonly string[] {
  return report.issues.map(({ key }) => key);
}

/** The windows, each with its candidate changed. */
export function withCandidates(
  windows: readonly Window[],
  change: (number: number) => ArmWindow | null,
): readonly Window[] {
  return windows.map((window) => ({
    ...window,
    arms: { ...window.arms, candidate: change(window.number) },
  }));
}

/** Nobody's requests but these probes. */
export function probed(requests: number, errors = 0, latencyMs = 50): ArmWindow {
  const latency = { buckets: [[bucketOf(latencyMs), requests] as const] };
  return { ...arm(0), probes: { requests, errors, latency } };
}

export const CONVERSION = 'business_metric_conversion';

export const SHOP_SOURCE: SourceSpec = {
  kind: 'http-json',
  name: 'shop',
  url: 'http://127.0.0.1/metrics',
  resolutionMs: 15_000,
  lagMs: 5_000,
  timeoutMs: 2_000,
  bearerSecret: null,
  metrics: { [CONVERSION]: { unit: 'percent', badWhen: 'below' } },
};

/** Five minutes of readings that end at `untilMs`. */
export function readingsOf(
  candidate: MetricSample | null,
  stable: MetricSample | null,
  untilMs = 300_000,
): readonly Reading[] {
  const asArm = (sample: MetricSample | null) =>
    sample === null ? null : { [CONVERSION]: sample };
  return Array.from({ length: 20 }, (_, index) => ({
    source: 'shop',
    number: index,
    fromMs: untilMs - (20 - index) * 15_000,
    intervalMs: 15_000,
    arms: { candidate: asArm(candidate), stable: asArm(stable) },
  }));
}

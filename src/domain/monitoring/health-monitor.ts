import { measureMetric } from '../analysis/measurement';
import type { ArmWindow } from '../analysis/window';
import { findingOf } from './describe-metric';
import { isFarMoreOften } from './far-more';
import { fewestSamples, limitsOf, plainLimit } from './monitor-limit';
import { blindReport, watchingReport } from './monitor-report';
import type { MonitorScene } from './monitor-scene';
import { lookBack } from './monitor-view';
import type { MonitorReport, MonitorValue } from './session';
import { weighLimits } from './weigh-limits';
import type { Sight } from './weigh-limits';

const SPAN_MS = 30_000;
/** Where neither a criterion nor a threshold says what is too little. Percent. */
const DEFAULT_AVAILABILITY = 95;

/** Active health checks of the last 30 s. The score is the share that passed, in percent. */
export function reportHealth(scene: MonitorScene): MonitorReport {
  const view = lookBack(scene, SPAN_MS);
  const candidate = sightOf(view.candidate);
  const stable = view.stable.length === 0 ? null : sightOf(view.stable);
  const values = [valueOf(candidate, stable)];
  if (candidate.value === null || candidate.samples < fewestSamples('availability')) {
    return blindReport('health', { values, notes: [lackOf(candidate)] });
  }
  const limits = limitsOf(scene, 'availability');
  const weighed = weighLimits({
    limits: limits.length > 0 ? limits : [DEFAULT_LIMIT],
    candidate,
    stable,
    isFarWorse: stable !== null && isFarMoreOften(shareOf(candidate), shareOf(stable)),
  });
  const seen = { candidate, stable, durationMs: view.spanMs, basis: 'users' } as const;
  const finding = findingOf({ ...seen, monitor: 'health', metric: 'availability' }, weighed);
  return watchingReport('health', {
    findings: [finding],
    score: candidate.value,
    values,
    notes: [],
  });
}

const DEFAULT_LIMIT = {
  ...plainLimit({ metric: 'availability', threshold: DEFAULT_AVAILABILITY, severity: 'high' }),
  fewestEvents: 2,
};

function sightOf(windows: readonly ArmWindow[]): Sight & { readonly events: number } {
  const events = windows.reduce((sum, { healthChecksFailed }) => sum + healthChecksFailed, 0);
  return { ...measureMetric('availability', windows), events };
}

function shareOf({ events, samples }: { readonly events: number; readonly samples: number }): {
  readonly events: number;
  readonly of: number;
} {
  return { events, of: samples };
}

function valueOf(candidate: Sight, stable: Sight | null): MonitorValue {
  return {
    name: 'availability',
    unit: 'percent',
    candidate: candidate.value,
    stable: stable?.value ?? null,
    samples: candidate.samples,
  };
}

function lackOf({ samples }: Sight): string {
  return samples === 0
    ? 'No health check of the candidate was seen lately.'
    : `Only ${samples} of the candidate's health checks were seen lately: too few to say anything.`;
}

import { measureMetric } from '../analysis/measurement';
import type { Measurement } from '../analysis/measurement';
import type { ArmWindow } from '../analysis/window';
import { findingOf } from './describe-metric';
import { farWorse } from './far-worse';
import type { WeighedMetric } from './describe-metric';
import { isFarMoreOften, isWithinChance } from './far-more';
import type { Share } from './far-more';
import { limitsOf, plainLimit } from './monitor-limit';
import type { MonitorLimit } from './monitor-limit';
import { blindReport, watchingReport } from './monitor-report';
import type { Finding } from './monitor-report';
import type { MonitorScene } from './monitor-scene';
import { FEWEST_REQUESTS } from './request-view';
import type { RequestView } from './request-view';
import type { MonitorReport, MonitorValue } from './session';
import { weighLimits } from './weigh-limits';
import type { Sight } from './weigh-limits';

/** Where no criterion says what is too much, and the most that any criterion makes bearable. Percent. */
const DEFAULT_ERROR_RATE = 5;
/** A stricter criterion would make the score jump. Percent. */
const STRICTEST_ERROR_RATE = 0.1;

/**
 * The share of requests that failed. The score falls in a straight line from 100 without errors over 50 at the limit to 0
 * at twice the limit, where the limit is the strictest criterion for errors, at most 5 %: the plain success rate would
 * still read 95 there. It says what users get, also where stable shares the trouble.
 */
export function reportErrors(scene: MonitorScene, view: RequestView): MonitorReport {
  const failed = failedOf(view.candidate);
  const isDead = failed.events >= DEAD.minimumSamples && 2 * failed.events > failed.of;
  const rate = measureMetric('error_rate', view.candidate);
  const values = [valueOf(view, rate)];
  if (rate.value === null || (view.requests < FEWEST_REQUESTS && !isDead)) {
    return blindReport('errors', { values, notes: lackOf(view) });
  }
  return watchingReport('errors', {
    findings: [findingFor(scene, view, 'error_rate'), findingFor(scene, view, 'success_rate')],
    score: 100 - (50 * rate.value) / scoreLimit(scene),
    values,
    notes: view.notes,
  });
}

/** However few requests: more than half of them fail. */
const DEAD: MonitorLimit = {
  ...plainLimit({ metric: 'error_rate', threshold: 50, severity: 'critical' }),
  minimumSamples: 3,
};

type ErrorMetric = 'error_rate' | 'success_rate';

function findingFor(scene: MonitorScene, view: RequestView, metric: ErrorMetric): Finding {
  const seen = sightOf(view, metric);
  const { candidate, stable } = seen;
  const failed = failedOf(view.candidate);
  const usual = failedOf(view.stable);
  const isFarWorse = isFarMoreOften(failed, usual);
  const isGiven = limitsOf(scene, 'error_rate').length + limitsOf(scene, 'success_rate').length > 0;
  const limits = limitsFor(scene, metric, isGiven ? [] : [DEFAULT_LIMIT]);
  const isChance = (): boolean => isWithinChance(failed, usual);
  const weighed = weighLimits({ limits, candidate, stable, isFarWorse, isChance });
  const isUnlimited = !isGiven && metric === 'error_rate' && weighed.state === 'clear';
  return isUnlimited && isFarWorse ? farWorse(seen) : findingOf(seen, weighed);
}

function limitsFor(
  scene: MonitorScene,
  metric: ErrorMetric,
  defaults: readonly MonitorLimit[],
): readonly MonitorLimit[] {
  const limits = limitsOf(scene, metric);
  return metric === 'success_rate' ? limits : [...limits, ...defaults, DEAD];
}

const DEFAULT_LIMIT = plainLimit({
  metric: 'error_rate',
  threshold: DEFAULT_ERROR_RATE,
  severity: 'high',
});

function sightOf(view: RequestView, metric: ErrorMetric): WeighedMetric {
  const sight = (windows: readonly ArmWindow[]): Sight => ({
    ...measureMetric(metric, windows),
    events: failedOf(windows).events,
  });
  const { basis, candidate, stable, spanMs } = view;
  return {
    monitor: 'errors',
    metric,
    candidate: sight(candidate),
    stable: stable.length === 0 ? null : sight(stable),
    durationMs: spanMs,
    basis,
  };
}

function failedOf(windows: readonly ArmWindow[]): Share {
  return {
    events: windows.reduce((sum, { errors }) => sum + errors, 0),
    of: windows.reduce((sum, { requests }) => sum + requests, 0),
  };
}

function scoreLimit({ criteria }: MonitorScene): number {
  const strictest = criteria.flatMap(({ metric, threshold }) => {
    if (metric === 'error_rate') return [threshold];
    return metric === 'success_rate' ? [100 - threshold] : [];
  });
  return Math.max(STRICTEST_ERROR_RATE, Math.min(DEFAULT_ERROR_RATE, ...strictest));
}

function valueOf(view: RequestView, rate: Measurement): MonitorValue {
  return {
    name: 'error_rate',
    unit: 'percent',
    candidate: rate.value,
    stable: measureMetric('error_rate', view.stable).value,
    samples: rate.samples,
  };
}

function lackOf({ notes }: RequestView): readonly string[] {
  return notes.length > 0 ? notes : ['No window of the candidate was seen lately.'];
}

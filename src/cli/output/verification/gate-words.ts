import {
  GATE_METRICS,
  type GateMetric,
  type GateResult,
  type GateUnit,
} from '../../../domain/checks/gate';
import { formatDecimal } from '../../../domain/format/decimal';

/** `79.9 %`: one decimal, rounded toward failure, so that 79.96 never reads as 80 beside "at least 80". */
export function gateValue({ metric, outcome, value }: GateResult): string {
  if (value === null) return outcome === 'skipped' ? '-' : 'not measured';
  const { passesWhen, unit } = GATE_METRICS[metric];
  const tenths = value * 10;
  // The tolerance keeps 1.1 × 10 = 11.000000000000002 from becoming 1.2.
  const rounded = passesWhen === 'at least' ? Math.floor(tenths + 1e-9) : Math.ceil(tenths - 1e-9);
  return `${formatDecimal(rounded / 10, 1)}${unitWords(unit)}`;
}

/** `at least 80 %`; a relative gate without anything to relate to has no limit. */
export function gateLimit({ metric, threshold }: GateResult): string {
  const { passesWhen, unit } = GATE_METRICS[metric];
  return threshold === null
    ? 'nothing to compare with'
    : `${passesWhen} ${formatDecimal(threshold, 3)}${unitWords(unit)}`;
}

export function metricWords(metric: GateMetric): string {
  return metric.replaceAll('_', ' ');
}

function unitWords(unit: GateUnit): string {
  switch (unit) {
    case 'percent':
      return ' %';
    case 'count':
      return '';
    case 'points':
      return ' points';
    case 'seconds':
      return ' s';
    case 'megabytes':
      return ' MB';
  }
}

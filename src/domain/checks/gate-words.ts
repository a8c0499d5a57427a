import { formatDecimal } from '../format/decimal';
import { GATE_METRICS, type GateMetric } from './gate';

/** `at least 80 %`, `at most 5`. */
export function limitWords(metric: GateMetric, limit: number): string {
  return `${GATE_METRICS[metric].passesWhen} ${formatDecimal(limit, 3)}${unitWord(metric)}`;
}

/** One decimal, rounded toward failure: 79.96 % never reads as 80 % beside "at least 80 %". */
export function valueWords(metric: GateMetric, value: number): string {
  const { passesWhen } = GATE_METRICS[metric];
  const tenths = value * 10;
  // The tolerance keeps 1.1 × 10 = 11.000000000000002 from becoming 1.2.
  const rounded = passesWhen === 'at least' ? Math.floor(tenths + 1e-9) : Math.ceil(tenths - 1e-9);
  return `${formatDecimal(rounded / 10, 1)}${unitWord(metric)}`;
}

function unitWord(metric: GateMetric): string {
  switch (GATE_METRICS[metric].unit) {
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

import { formatCounted } from '../format/count';
import { formatDecimal } from '../format/decimal';
import { incompleteBecause } from './completeness';
import type { CheckReport, Finding } from './finding';
import { GATE_METRICS } from './gate';
import type { Gate, GateMetric, GateResult, GateVerdict, Measurements } from './gate';

const MOST_FINDINGS_NAMED = 10;

/**
 * Holds every gate against its measurement, always all of them. What blocks whatever the gates say: a check that did
 * not look at everything, and critical findings.
 */
export function evaluateGates(
  gates: readonly Gate[],
  measurements: Measurements,
  reports: readonly CheckReport[],
): GateVerdict {
  const results = gates.map((gate) => evaluate(gate, measurements[gate.metric]));
  const blockers = [
    ...reports.flatMap(incompleteBlocker),
    ...reports.flatMap(criticalBlockers),
    ...results.filter((result) => result.blocks).map((result) => result.sentence),
  ];
  return { passed: blockers.length === 0, results, blockers };
}

function evaluate(gate: Gate, value: number | undefined): GateResult {
  const { name, metric, threshold } = gate;
  if (value === undefined || !Number.isFinite(value)) return missing(gate);
  const passes = isWithin(gate, value);
  return {
    name,
    metric,
    outcome: passes ? 'passed' : gate.blocking ? 'failed' : 'warned',
    blocks: !passes && gate.blocking,
    value,
    threshold,
    sentence: `${name}: ${shown(metric, value)}, ${limitOf(gate)}`,
  };
}

function missing(gate: Gate): GateResult {
  const { name, metric, threshold, onMissing } = gate;
  return {
    name,
    metric,
    outcome: 'missing',
    blocks: onMissing === 'fail',
    value: null,
    threshold,
    sentence: `${name}: not measured, ${limitOf(gate)}`,
  };
}

/** Unrounded. A threshold that is no number is never met. */
function isWithin({ metric, threshold }: Gate, value: number): boolean {
  return GATE_METRICS[metric].passesWhen === 'at least' ? value >= threshold : value <= threshold;
}

function limitOf({ metric, threshold }: Gate): string {
  const { passesWhen } = GATE_METRICS[metric];
  return `${passesWhen} ${formatDecimal(threshold, 3)}${unitOf(metric)}`;
}

/** One decimal, rounded toward failure: 79.96 % never reads as 80 % beside "at least 80 %". */
function shown(metric: GateMetric, value: number): string {
  const { passesWhen } = GATE_METRICS[metric];
  const tenths = value * 10;
  // The tolerance keeps 1.1 × 10 = 11.000000000000002 from becoming 1.2.
  const rounded = passesWhen === 'at least' ? Math.floor(tenths + 1e-9) : Math.ceil(tenths - 1e-9);
  return `${formatDecimal(rounded / 10, 1)}${unitOf(metric)}`;
}

function unitOf(metric: GateMetric): string {
  switch (GATE_METRICS[metric].unit) {
    case 'percent':
      return ' %';
    case 'count':
      return '';
    case 'seconds':
      return ' s';
    case 'megabytes':
      return ' MB';
  }
}

function incompleteBlocker(report: CheckReport): readonly string[] {
  const reason = incompleteBecause(report);
  return reason === null ? [] : [`scan-incomplete/${report.check}: ${reason}`];
}

function criticalBlockers({ check, findings }: CheckReport): readonly string[] {
  const critical = findings.filter(({ severity }) => severity === 'critical');
  const named = critical.slice(0, MOST_FINDINGS_NAMED).map((finding) => describe(check, finding));
  const rest = critical.length - named.length;
  return rest === 0
    ? named
    : [...named, `${check}: ${formatCounted(rest, 'more critical finding')}`];
}

function describe(check: string, { title, rule, location }: Finding): string {
  const line = location?.line ?? null;
  const where = location === null ? '' : ` in ${location.path}${line === null ? '' : `:${line}`}`;
  return `${check}: ${title}${where} (${rule})`;
}

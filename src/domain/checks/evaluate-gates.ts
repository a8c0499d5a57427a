import type { Gate, GateResult, Measurements } from './gate';
import { isWithin, limitOf } from './gate-limit';
import { limitWords, valueWords } from './gate-words';

export interface GateInput {
  readonly measurements: Measurements;
  /** The counts of findings that the revision before did not have. */
  readonly newMeasurements: Measurements;
  /** Null: no revision was verified here before. */
  readonly previous: Measurements | null;
  /** Null where the checks run for no environment. */
  readonly environment: string | null;
}

/** Holds every gate against its measurement, always all of them, and lists them in the order of the configuration. */
export function evaluateGates(gates: readonly Gate[], input: GateInput): readonly GateResult[] {
  return gates.map((gate) => evaluate(gate, input));
}

function evaluate(gate: Gate, input: GateInput): GateResult {
  const { environments, scope, metric } = gate;
  if (environments !== null && !environments.includes(input.environment ?? '')) {
    return skipped(gate, `it holds in ${environments.join(', ')} only`);
  }
  const limit = limitOf(gate, input.previous);
  if (limit.kind === 'nothing-before') return withoutPrevious(gate);
  const measured = scope === 'new' ? input.newMeasurements : input.measurements;
  const value = measured[metric];
  if (value === undefined || !Number.isFinite(value)) return missing(gate, limit.value);
  return compared(gate, value, limit.value);
}

function compared(gate: Gate, value: number, limit: number): GateResult {
  const { name, metric, blocking, warnAt, scope } = gate;
  const passes = isWithin(gate, value, limit);
  const isNear = passes && warnAt !== null && !isWithin(gate, value, warnAt);
  const outcome = passes ? (isNear ? 'warned' : 'passed') : blocking ? 'failed' : 'warned';
  const warning = isNear ? `, and ${limitWords(metric, warnAt)} without a warning` : '';
  const counted = scope === 'new' ? `${valueWords(metric, value)} new` : valueWords(metric, value);
  return {
    name,
    metric,
    outcome,
    blocking,
    blocks: !passes && blocking,
    value,
    threshold: limit,
    sentence: `${name}: ${counted}, ${limitWords(metric, limit)}${warning}`,
  };
}

function missing(gate: Gate, limit: number): GateResult {
  const { name, metric, onMissing, blocking } = gate;
  return {
    name,
    metric,
    outcome: 'missing',
    blocking,
    // Nothing to compare with may be skipped; a value that nobody measured never is.
    blocks: onMissing === 'skip' ? blocking : onMissing === 'fail',
    value: null,
    threshold: limit,
    sentence: `${name}: not measured, ${limitWords(metric, limit)}`,
  };
}

function withoutPrevious(gate: Gate): GateResult {
  const { name, metric, onMissing, blocking } = gate;
  const why = 'no earlier revision has a measurement to compare with';
  if (onMissing === 'skip') return skipped(gate, why);
  return {
    name,
    metric,
    outcome: 'missing',
    blocking,
    blocks: onMissing === 'fail',
    value: null,
    threshold: null,
    sentence: `${name}: ${why}; \`onMissing: skip\` lets the first one pass`,
  };
}

function skipped({ name, metric, blocking }: Gate, why: string): GateResult {
  return {
    name,
    metric,
    outcome: 'skipped',
    blocking,
    blocks: false,
    value: null,
    threshold: null,
    sentence: `${name}: skipped, ${why}`,
  };
}

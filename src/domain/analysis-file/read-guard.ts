import {
  isBuiltInMetric,
  isNamedMetric,
  METRICS,
  type BuiltInMetric,
  type Criterion,
  type MetricName,
  type Severity,
} from '../analysis/criterion';
import { refuseCriterion } from '../analysis/refuse-criterion';
import { nearestWord } from '../format/nearest-word';
import { FILE_SOURCE } from './place-windows';
import type { Members, Structure } from './structure';

/** How many samples a criterion needs where the file does not say. */
export type MinimumSamples = (
  metric: BuiltInMetric,
  threshold: number,
  comparison: Criterion['comparison'],
) => number;

export interface GuardReading {
  readonly structure: Structure;
  readonly minimumSamples: MinimumSamples;
}

const KNOWN = [
  ...['id', 'metric', 'op', 'threshold', 'kind', 'durationSec', 'severity', 'action'],
  ...['minimumSamples', 'alsoWhenBaselineBreaches'],
];
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
const OPERATORS = ['>', '<'] as const;

/** A criterion with the names of the file; null where it is none. Its unit is the metric's own: percent, or milliseconds. */
export function readGuard(value: unknown, path: string, reading: GuardReading): Criterion | null {
  const { structure } = reading;
  const members = structure.members(value, path, KNOWN);
  if (members === null) return null;
  const metric = metricOf(members, structure);
  const threshold = structure.number(members, 'threshold');
  const durationSec = structure.number(members, 'durationSec', 0.001);
  const action = structure.word(members, 'action', { words: ['rollback', 'ask'] });
  const severity = structure.word(members, 'severity', { words: SEVERITIES, otherwise: 'high' });
  const kind = structure.word(members, 'kind', {
    words: ['absolute', 'relativeToBaseline'],
    ...(metric !== null && isBuiltInMetric(metric) ? { otherwise: 'absolute' } : {}),
  });
  const badWhen = directionOf(members, metric, structure);
  const criterion = { metric, threshold, durationSec, action, severity, kind, badWhen };
  if (!isWhole(criterion)) return null;
  return accepted(criterion, members, reading);
}

type Parts = {
  readonly [Key in keyof Whole]: Whole[Key] | null;
};

interface Whole {
  readonly metric: MetricName;
  readonly threshold: number;
  readonly durationSec: number;
  readonly action: 'rollback' | 'ask';
  readonly severity: Severity;
  readonly kind: 'absolute' | 'relativeToBaseline';
  readonly badWhen: Criterion['badWhen'];
}

function isWhole(parts: Parts): parts is Whole {
  return Object.values(parts).every((part) => part !== null);
}

function accepted(parts: Whole, members: Members, reading: GuardReading): Criterion | null {
  const { metric, threshold, action, severity, badWhen, kind, durationSec } = parts;
  const isBuiltIn = isBuiltInMetric(metric);
  const isRelative = kind === 'relativeToBaseline';
  const criterion: Criterion = {
    id:
      idOf(members, reading.structure) ?? `${action === 'ask' ? 'manual' : 'automatic'}/${metric}`,
    ...{ metric, threshold, action, severity, badWhen },
    unit: isRelative ? 'percent' : isBuiltIn ? METRICS[metric].unit : 'number',
    comparison: isRelative ? 'relative-to-stable' : 'absolute',
    source: isBuiltIn ? null : FILE_SOURCE,
    durationMs: durationSec * 1_000,
    minimumSamples: samplesOf(members, parts, reading),
    alsoWhenBaselineBreaches: flagOf(members, reading.structure),
  };
  if (isRelative) return criterion;
  const refusals = refuseCriterion(criterion, { resolutionMs: 1, lagMs: 0 });
  for (const refusal of refusals) reading.structure.refuse(members.path, `is refused: ${refusal}`);
  return refusals.length === 0 ? criterion : null;
}

function metricOf({ values, path }: Members, structure: Structure): MetricName | null {
  const metric = values['metric'];
  if (typeof metric !== 'string')
    return structure.refuse(`${path}.metric`, 'is no name of a metric');
  if (isBuiltInMetric(metric) || isNamedMetric(metric)) return metric;
  const near = nearestWord(metric, Object.keys(METRICS));
  return structure.refuse(
    `${path}.metric`,
    `is not known: it is one of ${Object.keys(METRICS).join(', ')}, business_metric_… or custom_…${near === null ? '' : ` (did you mean ${near}?)`}`,
  );
}

function directionOf(
  members: Members,
  metric: MetricName | null,
  structure: Structure,
): Criterion['badWhen'] | null {
  const own = metric !== null && isBuiltInMetric(metric) ? METRICS[metric].badWhen : null;
  const operator = structure.word(members, 'op', {
    words: OPERATORS,
    ...(own === null ? {} : { otherwise: own === 'above' ? '>' : '<' }),
  });
  if (operator === null) return null;
  const badWhen = operator === '>' ? 'above' : 'below';
  if (own === null || own === badWhen) return badWhen;
  return structure.refuse(
    `${members.path}.op`,
    `is wrong: ${metric ?? ''} is bad when it is ${own} its threshold`,
  );
}

function samplesOf(
  members: Members,
  { metric, threshold, kind }: Whole,
  { structure, minimumSamples }: GuardReading,
): number {
  if (members.values['minimumSamples'] !== undefined) {
    const given = structure.number(members, 'minimumSamples', 0) ?? 0;
    if (!Number.isInteger(given))
      structure.refuse(`${members.path}.minimumSamples`, 'is no whole number');
    return given;
  }
  if (!isBuiltInMetric(metric)) return LEAST_SAMPLES;
  return minimumSamples(metric, threshold, kind === 'absolute' ? kind : 'relative-to-stable');
}

const LEAST_SAMPLES = 20;

function flagOf({ values, path }: Members, structure: Structure): boolean {
  const flag = values['alsoWhenBaselineBreaches'] ?? false;
  if (typeof flag === 'boolean') return flag;
  structure.refuse(`${path}.alsoWhenBaselineBreaches`, 'is neither true nor false');
  return false;
}

function idOf({ values, path }: Members, structure: Structure): string | null {
  const id = values['id'];
  if (id === undefined) return null;
  if (typeof id === 'string' && /^[\w./-]{1,100}$/.test(id)) return id;
  return structure.refuse(`${path}.id`, 'is no name of letters, digits, dots, dashes and slashes');
}

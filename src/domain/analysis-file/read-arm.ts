import { isNamedMetric } from '../analysis/criterion';
import { EMPTY_HISTOGRAM, histogramCount, type Histogram } from '../analysis/histogram';
import type { MetricSample } from '../analysis/reading';
import type { ArmWindow } from '../analysis/window';
import { countAt, figureAt } from './figure';
import { readLatency } from './read-latency';
import { shown, type Members, type Structure } from './structure';

/** One arm of one window; null counts where it was not observed, or where something in it cannot be true. */
export interface ReadArm {
  readonly counts: ArmWindow | null;
  /** By metric: what the user's own counters and gauges say. */
  readonly samples: Readonly<Record<string, MetricSample>> | null;
  /** What cannot be true, each with its place. */
  readonly faults: readonly string[];
  /** Of its counters and gauges, as they may be shown. */
  readonly names: readonly string[];
}

const UNSEEN: ReadArm = { counts: null, samples: null, faults: [], names: [] };

const KNOWN = ['requests', 'errors', 'latency', 'counters', 'gauges'];
/** Counters with a meaning of their own: active health checks. */
const HEALTH_CHECKS = { passed: 'health_checks_passed', failed: 'health_checks_failed' } as const;
const HEALTH_CHECK_NAMES: readonly string[] = Object.values(HEALTH_CHECKS);

export function readArm(value: unknown, path: string, structure: Structure): ReadArm {
  if (value === undefined || value === null) return UNSEEN;
  const members = structure.members(value, path, KNOWN);
  if (members === null) return UNSEEN;
  const faults: string[] = [];
  const reading = { structure, faults, members };
  const requests = count(reading, 'requests');
  const errors = count(reading, 'errors');
  const latency = latencyOf(reading);
  const counters = named(reading, 'counters');
  const gauges = named(reading, 'gauges');
  if (faults.length === 0) faults.push(...contradictions({ requests, errors, latency }, path));
  const names = [...counters.keys(), ...gauges.keys()].map(shown);
  if (faults.length > 0) return { ...UNSEEN, faults, names };
  const healthChecksPassed = counters.get(HEALTH_CHECKS.passed) ?? 0;
  const healthChecksFailed = counters.get(HEALTH_CHECKS.failed) ?? 0;
  return {
    counts: { requests, errors, latency, healthChecksPassed, healthChecksFailed },
    samples: samplesOf({ requests, counters, gauges }),
    ...{ faults, names },
  };
}

function contradictions(
  { requests, errors, latency }: Pick<ArmWindow, 'requests' | 'errors' | 'latency'>,
  path: string,
): readonly string[] {
  return [
    ...(errors > requests ? [`${path}: more errors than requests`] : []),
    ...(histogramCount(latency) > requests ? [`${path}: more latencies than requests`] : []),
  ];
}

interface Reading {
  readonly structure: Structure;
  readonly members: Members;
  readonly faults: string[];
}

function count({ structure, members, faults }: Reading, key: string): number {
  const path = `${members.path}.${key}`;
  const figure = countAt(members.values[key], path, structure);
  if (figure.kind === 'sound') return figure.value;
  faults.push(`${path} ${figure.reason}`);
  return 0;
}

function latencyOf({ structure, members, faults }: Reading): Histogram {
  const value = members.values['latency'];
  if (value === undefined || value === null) return EMPTY_HISTOGRAM;
  const latency = readLatency(value, `${members.path}.latency`, structure);
  if (latency.kind === 'sound') return latency.histogram;
  faults.push(`${members.path}.latency: ${latency.reason}`);
  return EMPTY_HISTOGRAM;
}

function named(reading: Reading, key: 'counters' | 'gauges'): ReadonlyMap<string, number> {
  const { structure, members, faults } = reading;
  const value = members.values[key];
  if (value === undefined || value === null) return new Map();
  const place = `${members.path}.${key}`;
  const figures = Object.entries(structure.anyMembers(value, place)?.values ?? {}).map(
    ([name, one]) => [name, figureAt(one, `${place}.${name}`, structure)] as const,
  );
  for (const [name, figure] of figures) {
    const reason = figure.kind === 'fault' ? figure.reason : whyNoAmount(name, figure.value, key);
    if (reason !== null) faults.push(`${place}: a figure ${reason}`);
  }
  return new Map(
    figures.flatMap(([name, figure]) => (figure.kind === 'sound' ? [[name, figure.value]] : [])),
  );
}

/** A gauge is any number; a counter may be estimated, but is never negative; a count of health checks is whole. */
function whyNoAmount(name: string, value: number, key: 'counters' | 'gauges'): string | null {
  if (key === 'gauges') return null;
  if (value < 0) return 'is negative';
  const isWhole = Number.isSafeInteger(value) || !HEALTH_CHECK_NAMES.includes(name);
  return isWhole ? null : 'is no whole number';
}

interface Named {
  readonly requests: number;
  readonly counters: ReadonlyMap<string, number>;
  readonly gauges: ReadonlyMap<string, number>;
}

/** A counter is worth its share of the requests; a gauge itself, weighted by the requests. */
function samplesOf({ requests, counters, gauges }: Named): ReadArm['samples'] {
  const ratios = [...counters]
    .filter(([name]) => isNamedMetric(name))
    .map(([name, events]) => [name, { kind: 'ratio', events, of: requests }] as const);
  const values = [...gauges]
    .filter(([name]) => isNamedMetric(name))
    .map(([name, value]) => [name, { kind: 'value', value, samples: requests }] as const);
  return Object.fromEntries<MetricSample>([...ratios, ...values]);
}

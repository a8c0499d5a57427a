import {
  SPECIFICATION_THRESHOLDS,
  type PerformancePolicy,
  type PerformanceThresholds,
} from '../domain/monitoring/performance';
import { DEFAULT_MONITORING } from '../domain/monitoring/policy';
import type { PerformanceBlock } from './schema/performance';
import type { SwitchesBlock } from './schema/probe';
import { secondsToMs } from './units';

/**
 * Thresholds are held where the block names one, and only those; all of the specification's, with what the block names in
 * their place, where the file switches the validation on.
 */
export function readPerformance(
  block: PerformanceBlock = {},
  { performanceValidation }: SwitchesBlock = {},
): PerformancePolicy {
  const { apdexTargetMs } = DEFAULT_MONITORING.performance;
  return {
    apdexTargetMs: block.apdexTarget ?? apdexTargetMs,
    thresholds: thresholdsOf(block, performanceValidation),
  };
}

/** What was asked for and is not held. */
export function performanceNotes(
  block: PerformanceBlock = {},
  { performanceValidation }: SwitchesBlock = {},
): readonly string[] {
  if (namesThreshold(block)) return [];
  const about = (['window', 'requests'] as const).filter((key) => block[key] !== undefined);
  if (performanceValidation === true || about.length === 0) return [];
  const named = about.map((key) => `\`performance.${key}\``).join(' and ');
  return [`${named}: no threshold is named beside it, so nothing is validated.`];
}

function thresholdsOf(
  block: PerformanceBlock,
  validation: boolean | undefined,
): PerformanceThresholds | null {
  if (validation === false) return null;
  if (validation === true) return merged(block, SPECIFICATION_THRESHOLDS);
  return namesThreshold(block) ? merged(block, NOTHING_HELD) : null;
}

const NOTHING_HELD: PerformanceThresholds = {
  ...SPECIFICATION_THRESHOLDS,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  throughput: { minPerMinute: null, targetPerMinute: null },
  errorRate: null,
  availability: null,
};

function merged(block: PerformanceBlock, base: PerformanceThresholds): PerformanceThresholds {
  return {
    ...responseTimes(block, base),
    throughput: throughputOf(block, base),
    errorRate: block.errorRate?.max ?? base.errorRate,
    availability: block.availability?.min ?? base.availability,
    windowMs: block.window === undefined ? base.windowMs : secondsToMs(block.window),
    minimumRequests: block.requests ?? base.minimumRequests,
  };
}

function throughputOf(
  { throughput = {} }: PerformanceBlock,
  base: PerformanceThresholds,
): PerformanceThresholds['throughput'] {
  return {
    minPerMinute: throughput.min ?? base.throughput.minPerMinute,
    targetPerMinute: throughput.target ?? base.throughput.targetPerMinute,
  };
}

function responseTimes({ responseTime = {} }: PerformanceBlock, base: PerformanceThresholds) {
  return {
    p50Ms: responseTime.p50 ?? base.p50Ms,
    p95Ms: responseTime.p95 ?? base.p95Ms,
    p99Ms: responseTime.p99 ?? base.p99Ms,
  };
}

function namesThreshold(block: PerformanceBlock): boolean {
  const { responseTime = {}, throughput = {}, errorRate, availability } = block;
  const said = [...Object.values(responseTime), ...Object.values(throughput)];
  return [...said, errorRate, availability].some((value) => value !== undefined);
}

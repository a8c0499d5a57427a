import type { ArmWindow } from '../../../domain/analysis/window';
import { BelayError } from '../../../domain/errors';
import type { Digest } from '../../../domain/revision';
import type { MetricQuery, MetricSource, RevisionWindow } from '../../../ports/metric-source';
import { countBetween, type TrafficTimeline } from './traffic-timeline';
import type { World } from './world';
import { serviceName } from '../../../domain/deployment';

const INTERVAL_MS = 1_000;

export function memoryMetrics(world: World): MetricSource {
  return {
    async windows(query, signal) {
      signal.throwIfAborted();
      if (!world.available) {
        throw new BelayError(
          'METRICS_UNAVAILABLE',
          'The memory target was made unavailable: nobody counts requests now.',
        );
      }
      const timeline = world.services.get(serviceName(query.ref))?.timeline;
      return timeline === undefined ? [] : windowsOf(timeline, query, world.clock());
    },
  };
}

function windowsOf(timeline: TrafficTimeline, query: MetricQuery, nowMs: number): RevisionWindow[] {
  const first = Math.ceil(query.fromMs / INTERVAL_MS);
  const end = Math.floor(Math.min(query.toMs, nowMs) / INTERVAL_MS);
  const windows: RevisionWindow[] = [];
  for (let number = first; number < end; number += 1) {
    const window = windowOf(timeline, query.revisions, number);
    if (window !== null) windows.push(window);
  }
  return windows;
}

function windowOf(
  timeline: TrafficTimeline,
  revisions: readonly Digest[],
  number: number,
): RevisionWindow | null {
  const fromMs = number * INTERVAL_MS;
  const span = { fromMs, toMs: fromMs + INTERVAL_MS };
  const counted: Record<Digest, ArmWindow> = {};
  for (const revision of revisions) {
    const arm = countBetween(timeline, revision, span);
    if (arm === null) return null;
    counted[revision] = arm;
  }
  return { number, fromMs, intervalMs: INTERVAL_MS, revisions: counted };
}

import { formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import { shortDigest } from '../revision';
import type { Digest } from '../revision';
import { rollingBounds } from './amounts';
import type { PlanInput } from './plan-input';
import { drainBeforeStopMs, gapMs } from './recreate';
import { forwardBatches } from './rolling';
import type { RecreateConfig, RollingConfig } from './strategy';

/** What the strategy itself costs: bounds, gaps, what is cut off. Nothing on a first deployment. */
export function strategyNotes(input: PlanInput): readonly string[] {
  const { stable, strategy } = input;
  if (stable === null) return [];
  switch (strategy.kind) {
    case 'blue-green':
    case 'canary':
      return [];
    case 'rolling':
      return rollingNotes(input, strategy);
    case 'recreate':
      return recreateNotes(input, stable, strategy);
  }
}

function rollingNotes(input: PlanInput, config: RollingConfig): readonly string[] {
  const { instances, stableInstances } = input;
  const { surge, unavailable } = rollingBounds(config, instances);
  const batches = formatCounted(forwardBatches(input, config).length, 'batch', 'batches');
  const most = formatCounted(Math.max(instances + surge, stableInstances), 'instance');
  const least = Math.min(instances - unavailable, stableInstances);
  return [
    `Rolling in ${batches}: never more than ${most} at the same time, never fewer than ${least} able to serve; both revisions serve meanwhile.`,
  ];
}

function recreateNotes(
  input: PlanInput,
  stable: Digest,
  config: RecreateConfig,
): readonly string[] {
  return [
    ...(input.capabilities.queueRequests
      ? waitNotes(input, config)
      : [
          'The target cannot hold requests: those that come while nothing serves fail, and so they would on an undo.',
        ]),
    overlapNote(input, stable, config),
  ];
}

function waitNotes(input: PlanInput, config: RecreateConfig): readonly string[] {
  const wait = formatDuration(config.mostWaitMs);
  const gap = gapMs(input, config);
  return [
    `Recreate: while nothing serves, a request waits at most ${wait}; after that it is answered 503.`,
    ...(gap > config.mostWaitMs
      ? [
          `The gap may take ${formatDuration(gap)} (${gapSum(input, config)}), longer than the ${wait} that a request waits: a start that slow fails requests.`,
        ]
      : []),
  ];
}

function gapSum({ candidate, drainMs, startWithinMs }: PlanInput, config: RecreateConfig): string {
  const start = `start ${formatDuration(startWithinMs)}`;
  if (config.overlap === 'answers') return start;
  const drain = formatDuration(drainBeforeStopMs(config, drainMs));
  return `drain ${drain} + stop ${formatDuration(candidate.stopGraceMs)} + ${start}`;
}

function overlapNote({ drainMs }: PlanInput, stable: Digest, config: RecreateConfig): string {
  const old = shortDigest(stable);
  switch (config.overlap) {
    case 'none': {
      const drain = formatDuration(drainBeforeStopMs(config, drainMs));
      return `What ${old} still answers ${drain} after its last new request is cut off: no process of it is left when the new one starts.`;
    }
    case 'answers':
      return `${old} ends what it has begun beside the new one, at most ${formatDuration(drainMs)}: both run for that time.`;
  }
}

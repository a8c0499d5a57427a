import { formatDuration } from '../format/duration';
import { shortDigest } from '../revision';
import type { Digest } from '../revision';
import type { RecreateBack } from './plan';
import { stableSize } from './plan-input';
import type { PlanInput } from './plan-input';
import { restoreFleet, restoringFrom } from './restoring';
import {
  drainStep,
  queueRequestsStep,
  releaseRequestsStep,
  retireStep,
  shiftStep,
} from './step-drafts';
import type { Said, StepDraft } from './step-drafts';
import { giveUpStable, prepareCandidate, shift, verify, warm } from './steps';
import type { RecreateConfig } from './strategy';
import { undoSentence } from './undo-sentence';

/** The old revision stops before the new one starts; requests wait at the router meanwhile. */
export function recreateSteps(
  input: PlanInput,
  stable: Digest,
  config: RecreateConfig,
): readonly StepDraft[] {
  const { queueRequests } = input.capabilities;
  return restoringFrom([
    ...(queueRequests ? [queue(stable, config)] : []),
    takeTraffic(input, stable, config),
    ...(config.overlap === 'none' ? stopStable(input, stable, config) : []),
    ...prepareCandidate(input),
    shift(input, 100),
    ...(queueRequests ? [release()] : []),
    ...(config.overlap === 'answers' ? giveUpStable(input, stable) : []),
    verify(input, input.verify),
    ...warm(input, `undo is ${undoSentence(recreateWayBack(input, config))}`),
  ]);
}

export function recreateWayBack(input: PlanInput, config: RecreateConfig): RecreateBack {
  const { mostWaitMs, overlap } = config;
  const instances = stableSize(input);
  return { kind: 'recreate', instances, mostWaitMs, overlap, longestMs: gapMs(input, config) };
}

/** The longest that nothing serves: the old revision ends, the new one starts. */
export function gapMs(
  { candidate, drainMs, startWithinMs }: PlanInput,
  config: RecreateConfig,
): number {
  if (config.overlap === 'answers') return startWithinMs;
  return drainBeforeStopMs(config, drainMs) + candidate.stopGraceMs + startWithinMs;
}

/** What is in flight may end, but never takes more than a third of the time that the others wait. */
export function drainBeforeStopMs(
  { mostWaitMs }: Pick<RecreateConfig, 'mostWaitMs'>,
  drainMs: number,
): number {
  return Math.min(drainMs, Math.floor(mostWaitMs / 3));
}

function queue(stable: Digest, { mostWaitMs }: RecreateConfig): StepDraft {
  const summary = `Hold new requests at the router, each at most ${formatDuration(mostWaitMs)}`;
  return queueRequestsStep(rollout('queue', summary, restoreFleet(stable)), mostWaitMs);
}

function takeTraffic(
  { capabilities }: PlanInput,
  stable: Digest,
  { overlap }: RecreateConfig,
): StepDraft {
  const rest = overlap === 'none' ? '' : '; it ends what it has begun beside the new one';
  const summary = `Give ${shortDigest(stable)} no more requests${rest}`;
  const { settleMs } = capabilities;
  return shiftStep(rollout('shift-none', summary, restoreFleet(stable)), { weights: {}, settleMs });
}

function stopStable(
  { candidate, drainMs }: PlanInput,
  stable: Digest,
  config: RecreateConfig,
): readonly StepDraft[] {
  const timeoutMs = drainBeforeStopMs(config, drainMs);
  const drainSummary = `Let the requests in flight on ${shortDigest(stable)} end, at most ${formatDuration(timeoutMs)}, then cut them off`;
  const retireSummary = `Stop the instances of ${shortDigest(stable)}; nothing serves from here`;
  return [
    drainStep(rollout('drain', drainSummary), { revision: stable, timeoutMs }),
    retireStep(rollout('retire', retireSummary, restoreFleet(stable)), {
      revision: stable,
      drainMs: 0,
      stopGraceMs: candidate.stopGraceMs,
    }),
  ];
}

function release(): StepDraft {
  return releaseRequestsStep(rollout('release', 'Let the requests that wait go on'));
}

function rollout(name: string, summary: string, undo: Said['undo'] = null): Said {
  return { name, phase: 'rollout', summary, undo };
}

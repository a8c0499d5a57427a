import { formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import { shortDigest } from '../revision';
import type { Weights } from '../rollout/plan';
import {
  awaitHealthyStep,
  launchStep,
  queueRequestsStep,
  reduceStep,
  releaseRequestsStep,
  retireStep,
  shiftStep,
} from '../rollout/step-drafts';
import type { Said, StepDraft } from '../rollout/step-drafts';
import type { WayBackInput } from './way-back';
import type { Scene } from './way-back-scene';

/** Each takes the words before the colon: `Way back, batch 1 of 2`. */
export type Heading = string;
export const WAY_BACK: Heading = 'Way back';

/** Stable gets so many percent, the candidate the rest. */
export function shiftToStable(
  { input, stable }: Scene,
  share: number,
  heading = WAY_BACK,
): StepDraft {
  const rest = share === 100 ? '' : `, ${shortDigest(input.candidate)} the rest`;
  const text = `give ${shortDigest(stable.digest)} ${share} % of the traffic${rest}`;
  const weights: Weights =
    share === 100
      ? { [stable.digest]: 100 }
      : { [stable.digest]: share, [input.candidate]: 100 - share };
  return weigh(input, said(`shift-${share}`, `${heading}: ${text}`), weights);
}

/** Stable answers nobody: what does answer keeps the traffic until stable is back. */
export function leaveToCandidate({ input }: Scene): StepDraft {
  const text = `no instance of stable answers, ${shortDigest(input.candidate)} keeps the traffic until one does`;
  return weigh(input, said('shift-candidate', `${WAY_BACK}: ${text}`), { [input.candidate]: 100 });
}

export function takeAllTraffic(input: WayBackInput): StepDraft {
  const summary = `${WAY_BACK}: give nobody any more requests`;
  return weigh(input, said('shift-none', summary), {});
}

export function launchStable({ stable }: Scene, size: number, heading = WAY_BACK): StepDraft {
  const text = `start instances of ${shortDigest(stable.digest)} until there are ${size}`;
  return launchStep(said('launch', `${heading}: ${text}`), { revision: stable.digest, size });
}

export function awaitStable({ stable, input }: Scene, size: number, heading = WAY_BACK): StepDraft {
  const { startWithinMs } = input;
  const text = `wait until ${formatCounted(size, 'instance')} of ${shortDigest(stable.digest)} can serve, at most ${formatDuration(startWithinMs)}`;
  return awaitHealthyStep(said('healthy', `${heading}: ${text}`), {
    revision: stable.digest,
    size,
    startWithinMs,
  });
}

export function reduceCandidate(scene: Scene, size: number, heading = WAY_BACK): StepDraft {
  const { candidate: revision, drainMs } = scene.input;
  const text = `stop instances of ${shortDigest(revision)} until ${size} are left, each drained first`;
  return reduceStep(said('reduce', `${heading}: ${text}`), {
    revision,
    size,
    drainMs,
    stopGraceMs: scene.stable.stopGraceMs,
  });
}

/** Nothing where the target knows no such fleet. The candidate's own stop grace is not known here: stable's stands for it. */
export function retireCandidate(
  { input, stable, candidate }: Scene,
  { drainMs = input.drainMs, heading = WAY_BACK }: { drainMs?: number; heading?: Heading } = {},
): readonly StepDraft[] {
  if (!candidate.stands) return [];
  const text = `stop what is left of ${shortDigest(input.candidate)}, drained first`;
  const { stopGraceMs } = stable;
  return [
    retireStep(said('retire', `${heading}: ${text}`), {
      revision: input.candidate,
      drainMs,
      stopGraceMs,
    }),
  ];
}

export function queueAgain(mostWaitMs: number): StepDraft {
  const text = `hold new requests at the router, each at most ${formatDuration(mostWaitMs)}`;
  return queueRequestsStep(said('queue', `${WAY_BACK}: ${text}`), mostWaitMs);
}

export function releaseQueue(): StepDraft {
  return releaseRequestsStep(said('release', `${WAY_BACK}: let the requests that wait go on`));
}

/** Where requests wait already. */
export function releaseWaiting({ traffic }: WayBackInput): readonly StepDraft[] {
  return traffic.isQueueing ? [releaseQueue()] : [];
}

/** What stable lacks of its size, started and awaited; nothing where it is whole. */
export function completeStable(scene: Scene, size: number): readonly StepDraft[] {
  const { old } = scene;
  return [
    ...(old.size < size ? [launchStable(scene, size)] : []),
    ...(old.healthy < size ? [awaitStable(scene, size)] : []),
  ];
}

function weigh({ capabilities }: WayBackInput, words: Said, weights: Weights): StepDraft {
  return shiftStep(words, { weights, settleMs: capabilities.settleMs });
}

function said(name: string, summary: string): Said {
  return { name, phase: 'rollback', summary, undo: null };
}

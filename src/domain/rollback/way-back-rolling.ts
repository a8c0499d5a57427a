import { movesOf, shareOf } from '../rollout/batches';
import type { Move } from '../rollout/batches';
import type { RollBack } from '../rollout/plan';
import { batchesBack } from '../rollout/rolling';
import type { StepDraft } from '../rollout/step-drafts';
import { keepsCandidate } from './way-back-scene';
import type { Scene } from './way-back-scene';
import {
  awaitStable,
  launchStable,
  leaveToCandidate,
  reduceCandidate,
  releaseWaiting,
  retireCandidate,
  shiftToStable,
  WAY_BACK,
} from './way-back-steps';
import type { Heading } from './way-back-steps';

/**
 * Weight first: stable takes at once what it can bear, and never gives any of it back; a candidate without traffic gets
 * none. Then the batches the other way round, inside the bounds of the plan; a candidate that cannot serve only makes room.
 */
export function rollBack(scene: Scene, back: RollBack): readonly StepDraft[] {
  const isStranded = keepsCandidate(scene);
  const steps = isStranded ? [leaveToCandidate(scene)] : [];
  const mayShare = isStranded || scene.candidate.weight > 0;
  let share = isStranded ? 0 : scene.old.weight;
  let isWhole = false;
  for (const { move, heading } of movesBack(scene, back)) {
    if (move.kind !== 'shift') {
      steps.push(...stepsOf(scene, move, heading));
      continue;
    }
    const next = mayShare ? shareAfter(scene, { back, move, share }) : 100;
    // The whole is commanded once in any case: only what is read back lets the candidate go.
    if (isWhole || (next <= share && next < 100)) continue;
    share = next;
    isWhole = share === 100;
    steps.push(shiftToStable(scene, share, heading));
  }
  return [...steps, ...releaseWaiting(scene.input)];
}

interface HeadedMove {
  readonly heading: Heading;
  readonly move: Move;
}

function movesBack(scene: Scene, back: RollBack): readonly HeadedMove[] {
  const { old, candidate } = scene;
  if (candidate.healthy === 0) return headed(WAY_BACK, withoutCandidate(scene, back));
  const from = { incoming: old.size, ready: old.healthy, outgoing: candidate.size };
  const batches = batchesBack(back, from);
  const first: Move = { kind: 'shift', incoming: old.healthy, outgoing: candidate.healthy };
  return [
    ...headed(WAY_BACK, old.healthy > 0 ? [first] : []),
    ...batches.flatMap((batch, index) =>
      headed(`${WAY_BACK}, batch ${index + 1} of ${batches.length}`, movesOf(batch)),
    ),
  ];
}

/** Nobody of the candidate can serve: no batch would protect anything. */
function withoutCandidate({ old, candidate }: Scene, back: RollBack): readonly Move[] {
  const leave: readonly Move[] = candidate.stands ? [{ kind: 'retire' }] : [];
  if (old.healthy > 0)
    return [all(old.healthy), ...leave, ...grow(old.size, old.healthy, back.instances)];
  const room = Math.min(candidate.size, Math.max(1, back.mostInstances - back.instances));
  const beside = Math.max(old.size, Math.min(back.instances, back.mostInstances - room));
  return [
    ...(room < candidate.size ? [{ kind: 'reduce', size: room } as const] : []),
    ...grow(old.size, 0, beside),
    all(beside),
    ...leave,
    ...grow(beside, beside, back.instances),
  ];
}

function grow(size: number, healthy: number, wanted: number): readonly Move[] {
  return [
    ...(size < wanted ? [{ kind: 'launch', size: wanted } as const] : []),
    ...(healthy < wanted ? [{ kind: 'awaitHealthy', size: wanted } as const] : []),
  ];
}

function all(incoming: number): Move {
  return { kind: 'shift', incoming, outgoing: 0 };
}

function headed(heading: Heading, moves: readonly Move[]): readonly HeadedMove[] {
  return moves.map((move) => ({ heading, move }));
}

interface ShareQuestion {
  readonly back: RollBack;
  readonly move: Extract<Move, { kind: 'shift' }>;
  /** What stable has already. */
  readonly share: number;
}

/** What follows the instances, or more: an instance of stable carries at most twice its usual load on the way back. */
function shareAfter({ input, candidate }: Scene, { back, move, share }: ShareQuestion): number {
  const { weightGrain } = input.capabilities;
  const follows = shareOf(move.incoming, Math.min(move.outgoing, candidate.healthy), weightGrain);
  const bears = Math.floor((200 * move.incoming) / back.instances / weightGrain) * weightGrain;
  return Math.max(share, follows, Math.min(100, bears));
}

function stepsOf(
  scene: Scene,
  move: Exclude<Move, { kind: 'shift' }>,
  heading: Heading,
): readonly StepDraft[] {
  switch (move.kind) {
    case 'launch':
      return [launchStable(scene, move.size, heading)];
    case 'awaitHealthy':
      return [awaitStable(scene, move.size, heading)];
    case 'reduce':
      return [reduceCandidate(scene, move.size, heading)];
    case 'retire':
      return retireCandidate(scene, { heading });
  }
}

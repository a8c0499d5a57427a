import { formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import { shortDigest } from '../revision';
import type { Digest } from '../revision';
import { rollingBounds } from './amounts';
import { movesOf, rollingBatches, shareOf } from './batches';
import type { Batch, Move } from './batches';
import type { RollBack } from './plan';
import { stableSize } from './plan-input';
import type { PlanInput } from './plan-input';
import { restoreFleet, restoringFrom } from './restoring';
import { awaitHealthyStep, launchStep, reduceStep, summarize } from './step-drafts';
import type { StepDraft } from './step-drafts';
import { bake, retireCandidate, giveUpStable, shift, smoke, verify, warm } from './steps';
import type { RollingConfig } from './strategy';
import { undoSentence } from './undo-sentence';

/** Instances are replaced batch by batch; each batch is watched at the share of its instances before the next. */
export function rollingSteps(
  input: PlanInput,
  stable: Digest,
  config: RollingConfig,
): readonly StepDraft[] {
  const batches = forwardBatches(input, config);
  const steps: StepDraft[] = [];
  let share = 0;
  batches.forEach((batch, index) => {
    const at: Place = { input, stable, batch, name: `Batch ${index + 1} of ${batches.length}` };
    for (const move of movesOf(batch)) {
      const next = move.kind === 'shift' ? shareAfter(at, move) : share;
      if (move.kind === 'shift' && next <= share) continue;
      share = Math.max(share, next);
      steps.push(...stepsOf(at, move, share));
      if (move.kind === 'awaitHealthy' && index === 0) steps.push(...smoke(input, move.size));
    }
    if (batch.outgoing > 0) steps.push(within(at, bake(input, share, config.bake)));
  });
  return [
    ...restoringFrom(steps),
    verify(input, input.verify),
    ...warm(input, `undo is ${undoSentence(rollingWayBack(input, config))}`),
  ];
}

/** What the other way round may take up; where the fleets differ in size, room for the larger one. */
export function rollingWayBack(input: PlanInput, config: RollingConfig): RollBack {
  const { instances } = input;
  const before = stableSize(input);
  const { surge, unavailable } = rollingBounds(config, instances);
  const bounds = {
    instances: before,
    mostInstances: Math.max(instances, before) + surge,
    leastAvailable: Math.max(1, Math.min(instances, before) - unavailable),
  };
  const batches = batchesBack(bounds, { incoming: 0, ready: 0, outgoing: instances });
  const longestMs = batches.length * (input.startWithinMs + input.drainMs);
  return { kind: 'rolling', ...bounds, batches: batches.length, longestMs };
}

/** The batches that bring stable back, from any state. */
export function batchesBack(
  {
    instances,
    mostInstances,
    leastAvailable,
  }: Pick<RollBack, 'instances' | 'mostInstances' | 'leastAvailable'>,
  from: Batch['before'],
): readonly Batch[] {
  const surge = mostInstances - instances;
  return rollingBatches({ instances, surge, unavailable: instances - leastAvailable, from });
}

export function forwardBatches(
  { instances, stableInstances }: PlanInput,
  config: RollingConfig,
): readonly Batch[] {
  const from = { incoming: 0, ready: 0, outgoing: stableInstances };
  return rollingBatches({ instances, ...rollingBounds(config, instances), from });
}

interface Place {
  readonly input: PlanInput;
  readonly stable: Digest;
  readonly batch: Batch;
  readonly name: string;
}

function shareAfter(
  { input }: Place,
  { incoming, outgoing }: Extract<Move, { kind: 'shift' }>,
): number {
  return shareOf(incoming, outgoing, input.capabilities.weightGrain);
}

function stepsOf(at: Place, move: Move, share: number): readonly StepDraft[] {
  const { input, stable } = at;
  switch (move.kind) {
    case 'launch':
      return [launch(at, move.size)];
    case 'awaitHealthy':
      return [awaitHealthy(at, move.size)];
    case 'shift':
      return [within(at, shift(input, share, shareText(at, move.incoming, share)))];
    case 'reduce':
      return [reduce(at, move.size)];
    case 'retire':
      return giveUpStable(input, stable).map((step) => within(at, step));
  }
}

function launch(at: Place, size: number): StepDraft {
  const { input, batch } = at;
  const { digest } = input.candidate;
  const more = formatCounted(size - batch.before.incoming, 'instance');
  return within(
    at,
    launchStep(
      {
        name: 'launch',
        phase: 'rollout',
        summary: `Start ${more} of ${shortDigest(digest)}, ${size} of ${input.instances} then`,
        undo: retireCandidate(input),
      },
      { revision: digest, size },
    ),
  );
}

function awaitHealthy(at: Place, size: number): StepDraft {
  const { candidate, instances, startWithinMs } = at.input;
  const summary = `Wait until ${size} of ${formatCounted(instances, 'instance is', 'instances are')} healthy, at most ${formatDuration(startWithinMs)}`;
  return within(
    at,
    awaitHealthyStep(
      { name: 'healthy', phase: 'rollout', summary, undo: null },
      { revision: candidate.digest, size, startWithinMs },
    ),
  );
}

function reduce(at: Place, size: number): StepDraft {
  const { input, stable } = at;
  const { drainMs, candidate } = input;
  const summary = `Stop instances of ${shortDigest(stable)} until ${size} are left, each drained first`;
  return within(
    at,
    reduceStep(
      { name: 'reduce', phase: 'rollout', summary, undo: restoreFleet(stable) },
      { revision: stable, size, drainMs, stopGraceMs: candidate.stopGraceMs },
    ),
  );
}

/** `2 of 8 instances, 25 % of the traffic`: what the share of this batch means. */
function shareText({ input, batch }: Place, incoming: number, share: number): string {
  const rest =
    batch.before.ready === incoming && incoming < batch.incoming
      ? ', before room is made for the next'
      : '';
  return `${incoming} of ${formatCounted(input.instances, 'instance')} of ${shortDigest(input.candidate.digest)}, ${share} % of the traffic${rest}`;
}

function within<S extends StepDraft>({ name }: Place, step: S): S {
  const summary = `${step.summary.charAt(0).toLowerCase()}${step.summary.slice(1)}`;
  return { ...step, summary: summarize(`${name}: ${summary}`) };
}

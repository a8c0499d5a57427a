import type { Digest } from '../../../../src/domain/revision';
import type { Step, Weights } from '../../../../src/domain/rollout/plan';

/** What a target has at one moment. An instance that starts is not able to serve until somebody has waited for it. */
export interface ModelState {
  readonly fleets: Readonly<Record<Digest, ModelFleet>>;
  readonly weights: Weights;
  readonly isQueueing: boolean;
}

export interface ModelFleet {
  readonly size: number;
  readonly healthy: number;
}

/** Every moment from the start to the end of the steps; throws where a target would refuse. */
export function momentsOf(start: ModelState, steps: readonly Step[]): readonly ModelState[] {
  const moments = [start];
  for (const step of steps) moments.push(after(moments.at(-1) ?? start, step));
  return moments;
}

export function lastOf(moments: readonly ModelState[]): ModelState {
  const last = moments.at(-1);
  if (last === undefined) throw new Error('no moment');
  return last;
}

export function totalOf({ fleets }: ModelState): number {
  return Object.values(fleets).reduce((sum, { size }) => sum + size, 0);
}

export function availableOf({ fleets }: ModelState): number {
  return Object.values(fleets).reduce((sum, { healthy }) => sum + healthy, 0);
}

/** Percent that each instance of the busiest fleet carries; 0 without traffic. */
export function heaviestLoadOf({ fleets, weights }: ModelState): number {
  const loads = Object.entries(weights).map(
    ([revision, weight]) => weight / (fleets[revision]?.healthy ?? 0),
  );
  return Math.max(0, ...loads);
}

function after(state: ModelState, step: Step): ModelState {
  return afterTraffic(state, step) ?? afterFleet(state, step) ?? state;
}

/** Null: the step is none of the router's. */
function afterTraffic(state: ModelState, step: Step): ModelState | null {
  switch (step.kind) {
    case 'shift':
      return { ...state, weights: accepted(state, step.weights) };
    case 'queueRequests':
      return { ...state, isQueueing: true };
    case 'releaseRequests':
      return { ...state, isQueueing: false };
    case 'bake':
      if (JSON.stringify(step.weights) !== JSON.stringify(state.weights))
        throw new Error(`${step.id} watches weights that nobody has`);
      return state;
    default:
      return null;
  }
}

function afterFleet(state: ModelState, step: Step): ModelState | null {
  switch (step.kind) {
    case 'launch':
      return launched(state, step.revision, step.size);
    case 'awaitHealthy':
      return awaited(state, step.revision, step.size);
    case 'reduce':
      return reduced(state, step.revision, step.size);
    case 'drain':
      refuseWeight(state, step.revision);
      return state;
    case 'retire':
      refuseWeight(state, step.revision);
      return withoutFleet(state, step.revision);
    default:
      return null;
  }
}

function launched(state: ModelState, revision: Digest, size: number): ModelState {
  const healthy = Math.min(size, state.fleets[revision]?.healthy ?? 0);
  return withFleet(state, revision, { size, healthy });
}

function awaited(state: ModelState, revision: Digest, size: number): ModelState {
  const fleet = state.fleets[revision];
  if (fleet === undefined || fleet.size < size) throw new Error('waits for what nobody started');
  return withFleet(state, revision, { size: fleet.size, healthy: fleet.size });
}

/** Rule: never weight on a fleet with no healthy instance. */
function accepted(state: ModelState, weights: Weights): Weights {
  const shares = Object.entries(weights);
  const sum = shares.reduce((total, [, weight]) => total + weight, 0);
  if (sum !== 100 && shares.length > 0) throw new Error(`weights sum to ${sum}`);
  for (const [revision, weight] of shares) {
    if (weight < 1 || !Number.isInteger(weight)) throw new Error(`a weight of ${weight}`);
    if ((state.fleets[revision]?.healthy ?? 0) === 0)
      throw new Error(`weight on ${revision}, which has no healthy instance`);
  }
  return weights;
}

function reduced(state: ModelState, revision: Digest, size: number): ModelState {
  const fleet = state.fleets[revision];
  if (size < 1) throw new Error('reduced to nothing');
  if (fleet === undefined || fleet.size <= size) return state;
  return withFleet(state, revision, { size, healthy: Math.min(size, fleet.healthy) });
}

function refuseWeight({ weights }: ModelState, revision: Digest): void {
  if ((weights[revision] ?? 0) > 0) throw new Error(`${revision} has weight`);
}

function withFleet(state: ModelState, revision: Digest, fleet: ModelFleet): ModelState {
  return { ...state, fleets: { ...state.fleets, [revision]: fleet } };
}

function withoutFleet(state: ModelState, revision: Digest): ModelState {
  const { [revision]: _gone, ...fleets } = state.fleets;
  return { ...state, fleets };
}

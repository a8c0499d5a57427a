import type { LineKind } from '../../../../src/domain/line/line-entry';
import type { StrategyConfig } from '../../../../src/domain/rollout/strategy';
import { CALM, ROUGH, type Chaos } from '../chaos';
import { Random } from '../random';
import { BLUE_GREEN, CANARY, RECREATE, ROLLING } from '../scenario';

/** Several clients that want to deploy the same service into the same environment. */
export interface LineScenario {
  readonly seed: number;
  readonly newcomers: readonly Newcomer[];
  readonly chaos: Chaos;
  /** Whether a workflow is thrown away and rebuilt before this task of its own. */
  readonly isKilledAt: (task: number) => boolean;
  /** The line goes on as a new run after so many events. */
  readonly suggestedEvents: number;
}

/** One client and what it wants. Times in virtual ms. */
export interface Newcomer {
  readonly deploymentId: string;
  /** `rollback`: back to the newest revision that can be brought back; nothing where there is none. */
  readonly kind: LineKind;
  readonly atMs: number;
  readonly requestKey: string | null;
  /** Which revision it brings. */
  readonly artifact: string;
  readonly strategy: StrategyConfig;
  readonly rollbackWindowMs: number;
  /** How long it may wait in line. */
  readonly lineWaitMs: number;
  /** It dies at this call of its own to Temporal, from 1; null: it lives. */
  readonly diesAtCall: number | null;
  /** Somebody takes it out of the line this long after it came; null: nobody does. */
  readonly leavesAfterMs: number | null;
}

const ARTIFACTS = ['/artifacts/one', '/artifacts/two', '/artifacts/three', '/artifacts/four'];
/** The one that fails requests. */
export const BAD_ARTIFACT = '/artifacts/bad';

export function newcomer(number: number, change: Partial<Newcomer> = {}): Newcomer {
  return {
    deploymentId: `shop-production-01kb${String(number).padStart(22, '0')}`,
    kind: 'queue',
    atMs: 1_000 * number,
    requestKey: null,
    artifact: ARTIFACTS[number % ARTIFACTS.length] ?? '',
    strategy: BLUE_GREEN,
    rollbackWindowMs: 20_000,
    lineWaitMs: 20 * 60_000,
    diesAtCall: null,
    leavesAfterMs: null,
    ...change,
  };
}

export const CALM_LINE: Omit<LineScenario, 'newcomers'> = {
  seed: 1,
  chaos: CALM,
  isKilledAt: () => false,
  suggestedEvents: Infinity,
};

/** The scenario of a seed: anything may come together. */
export function randomLineScenario(seed: number): LineScenario {
  const random = new Random(seed).fork('line');
  const count = random.between(3, 7);
  const longestMs = random.pick([5_000, 60_000, 200_000]);
  return {
    seed,
    chaos: random.chance(0.4) ? CALM : ROUGH,
    isKilledAt: randomKill(seed, random),
    suggestedEvents: random.pick([30, 80, Infinity]),
    newcomers: Array.from({ length: count }, (_one, index) =>
      randomNewcomer(random, index + 1, longestMs),
    ),
  };
}

function randomKill(seed: number, random: Random): LineScenario['isKilledAt'] {
  if (seed % 100 === 0) return () => true;
  const first = random.between(2, 12);
  return (task) => task === first;
}

function randomNewcomer(random: Random, number: number, longestMs: number): Newcomer {
  const strategies = [BLUE_GREEN, BLUE_GREEN, CANARY, ROLLING, RECREATE];
  return newcomer(number, {
    kind: random.pick(['queue', 'queue', 'supersede', 'supersede', 'reject', 'rollback']),
    atMs: random.between(0, longestMs),
    requestKey: random.chance(0.15) ? 'the-same' : null,
    artifact: random.chance(0.12) ? BAD_ARTIFACT : random.pick(ARTIFACTS),
    strategy: random.pick(strategies),
    rollbackWindowMs: random.pick([0, 10_000, 60_000]),
    lineWaitMs: random.pick([15_000, 20 * 60_000, 20 * 60_000]),
    diesAtCall: random.chance(0.4) ? random.between(1, 8) : null,
    leavesAfterMs: random.chance(0.15) ? random.between(0, 40_000) : null,
  });
}

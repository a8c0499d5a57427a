import { DECISION_KINDS, type DecisionKind } from '../../../src/domain/approval/decision';
import { PHASES } from '../../../src/domain/phase';
import type { Amount, StrategyConfig } from '../../../src/domain/rollout/strategy';
import type { DeploymentStatus } from '../../../src/domain/status';
import type { Behaviour } from '../../../src/adapters/targets/memory/behaviour';
import { CALM, ROUGH, type Chaos } from './chaos';
import { Random } from './random';
import { randomWatching } from './random-watching';
import {
  AT_ONCE,
  BLUE_GREEN,
  CANARY,
  PLAIN,
  RECREATE,
  ROLLING,
  bakingAt,
  decide,
  doingStep,
  inPhase,
  waitingFor,
  type Before,
  type Event,
  type Happening,
  type Scenario,
} from './scenario';

/** The scenario of a seed: anything may come together. */
export function randomScenario(seed: number): Scenario {
  const random = new Random(seed).fork('scenario');
  const before = random.pick(BEFORE);
  const instances = random.between(1, 6);
  const approval = random.chance(0.3) ? randomApproval(random) : null;
  return {
    ...PLAIN,
    seed,
    before,
    strategy: randomStrategy(random, instances),
    approval,
    instances,
    stableInstances: random.chance(0.7) ? instances : random.between(1, 6),
    rollbackWindowMs: random.pick([0, 5_000, 20_000]),
    requestsPerSecond: random.chance(0.04) ? 0 : random.between(40, 200),
    candidate: randomCandidate(random),
    checks: random.chance(0.03) ? 'fail' : 'pass',
    metrics: random.chance(0.08) ? 'flapping' : 'steady',
    ledger: random.chance(0.1) ? 'away' : 'steady',
    ...randomWatching(new Random(seed).fork('watching')),
    chaos: randomChaos(random),
    isKilledAt: randomKill(seed, random),
    happenings: [
      ...(approval === null ? [] : randomApprovals(random, approval.quorum)),
      ...randomAnswers(random),
      ...randomTrouble(random),
      ...randomOutage(random),
      ...randomDecisions(random),
    ],
  };
}

const BEFORE: readonly Before[] = [
  ...Array.from({ length: 10 }, () => 'serving' as const),
  'nothing',
  'nothing',
  'warm',
  'warm',
  'abandoned',
  'half-rolled',
  'in-the-gap',
];

function randomStrategy(random: Random, instances: number): StrategyConfig {
  const kind = random.pick(['blue-green', 'canary', 'rolling', 'rolling', 'recreate'] as const);
  switch (kind) {
    case 'blue-green':
      return BLUE_GREEN;
    case 'canary':
      return CANARY;
    case 'recreate':
      return {
        ...RECREATE,
        mostWaitMs: random.pick([10_000, 30_000]),
        overlap: random.pick(['none', 'answers']),
      };
    case 'rolling': {
      const maxSurge = randomAmount(random, instances);
      // One of the two moves it on; both may.
      const maxUnavailable =
        random.chance(0.5) || isNone(maxSurge) ? someAmount(random, instances) : NO_AMOUNT;
      return { ...ROLLING, maxSurge, maxUnavailable };
    }
  }
}

const NO_AMOUNT: Amount = { unit: 'count', count: 0 };

function isNone(amount: Amount): boolean {
  return amount.unit === 'count' ? amount.count === 0 : amount.percent === 0;
}

function randomAmount(random: Random, instances: number): Amount {
  return random.chance(0.3) ? NO_AMOUNT : someAmount(random, instances);
}

/** Less than everything, where there is more than one instance. */
function someAmount(random: Random, instances: number): Amount {
  return random.chance(0.4)
    ? { unit: 'percent', percent: random.pick([10, 25, 33, 50]) }
    : { unit: 'count', count: random.between(1, Math.max(1, instances - 1)) };
}

function randomApproval(random: Random): NonNullable<Scenario['approval']> {
  const approvers = random.chance(0.3) ? [] : ['alice', 'bob'];
  return { approvers, quorum: random.between(1, 2), deadlineMs: 120_000, onDeadline: 'reject' };
}

function randomCandidate(random: Random): Partial<Behaviour> {
  const startsInMs = random.pick([0, 0, 300, 2_000]);
  const draw = random.next();
  if (draw < 0.72) return { startsInMs };
  if (draw < 0.78) return { healthy: false };
  if (draw < 0.82) return { crash: 'exit code 1' };
  if (draw < 0.85) return { smokeStatus: 500 };
  if (draw < 0.95) return { startsInMs, errorRate: random.pick([0.02, 0.1, 1]) };
  return { startsInMs, latencyMs: 900 };
}

function randomChaos(random: Random): Chaos {
  const base = random.chance(0.35) ? CALM : ROUGH;
  if (!random.chance(0.2)) return base;
  const fromMs = random.between(0, 30_000);
  return { ...base, absences: [{ fromMs, toMs: fromMs + random.between(500, 90_000) }] };
}

/** One kill, if it lasts that long; one workflow in a hundred is thrown away before every task. */
function randomKill(seed: number, random: Random): Scenario['isKilledAt'] {
  if (seed % 100 === 0) return () => true;
  const first = random.between(2, 24);
  return (task) => task === first;
}

/** Mostly somebody says yes in the end; sometimes nobody does. */
function randomApprovals(random: Random, quorum: number): readonly Happening[] {
  if (random.chance(0.15)) return [];
  const names =
    quorum === 1
      ? ['alice']
      : random.pick([
          ['alice', 'bob'],
          ['alice', 'alice'],
        ]);
  return names.map((actor) => ({
    when: waitingFor('approval'),
    plusMs: random.between(0, 110_000),
    what: decide('approve', { actor }),
  }));
}

/** Most questions are answered within a minute, most pauses ended. */
function randomAnswers(random: Random): readonly Happening[] {
  const answer = (waited: string, kind: DecisionKind): readonly Happening[] =>
    random.chance(0.95)
      ? [{ when: waitingFor(waited), plusMs: random.between(0, 60_000), what: decide(kind) }]
      : [];
  return [
    ...answer('decision', random.chance(0.5) ? 'promote' : 'rollback'),
    ...answer('decision', 'rollback'),
    ...answer('resume', 'resume'),
    ...answer('resume', 'abort').map((one) => ({ ...one, plusMs: one.plusMs + 60_000 })),
  ];
}

/** Some instances of a revision die, or all of them, or all of both, or it behaves badly otherwise. */
function randomTrouble(random: Random): readonly Happening[] {
  if (random.chance(0.65)) return [];
  if (random.chance(0.15)) return randomDeathOfBoth(random);
  if (random.chance(0.35)) return randomLoss(random);
  const who = random.pick(['stable', 'candidate', 'candidate'] as const);
  const change = random.pick<Partial<Behaviour>>([
    { healthy: false },
    { crash: 'killed' },
    { errorRate: 0.5 },
    { latencyMs: 2_000 },
  ]);
  const when = randomMoment(random);
  const plusMs = random.between(0, 10_000);
  const trouble: Happening = { when, plusMs, what: { kind: 'behave', who, change } };
  // A supervisor starts the stable fleet again, mostly.
  if (who === 'candidate' || random.chance(0.1)) return [trouble];
  const well = { healthy: true, crash: null, errorRate: 0, latencyMs: 20 };
  const healing: Event = { kind: 'behave', who, change: well };
  return [trouble, { when, plusMs: plusMs + random.between(1_000, 40_000), what: healing }];
}

function randomLoss(random: Random): readonly Happening[] {
  const who = random.pick(['stable', 'candidate'] as const);
  const when = randomMoment(random);
  const plusMs = random.between(0, 10_000);
  const untilMs = plusMs + random.between(1_000, 30_000);
  return [
    { when, plusMs, what: { kind: 'lose', who, instances: random.between(1, 3) } },
    { when, plusMs: untilMs, what: { kind: 'mend', who } },
  ];
}

function randomDeathOfBoth(random: Random): readonly Happening[] {
  const when = randomMoment(random);
  const plusMs = random.between(0, 5_000);
  const died: Happening[] = (['stable', 'candidate'] as const).map((who) => ({
    when,
    plusMs: plusMs + random.between(0, 2_000),
    what: { kind: 'behave', who, change: { crash: 'killed' } },
  }));
  if (random.chance(0.3)) return died;
  const backMs = plusMs + random.between(3_000, 60_000);
  const change = { crash: null };
  return [...died, { when, plusMs: backMs, what: { kind: 'behave', who: 'stable', change } }];
}

/** The platform is away for a while: every call fails, nobody counts. */
function randomOutage(random: Random): readonly Happening[] {
  if (random.chance(0.88)) return [];
  const when = randomMoment(random);
  const plusMs = random.between(0, 5_000);
  const untilMs = plusMs + random.between(500, 40_000);
  return [
    { when, plusMs, what: { kind: 'platform', available: 'down' } },
    { when, plusMs: untilMs, what: { kind: 'platform', available: 'up' } },
  ];
}

function randomDecisions(random: Random): readonly Happening[] {
  const count = random.pick([0, 0, 1, 1, 2, 4]);
  const some = Array.from({ length: count }, (): Happening => {
    const what = randomEvent(random);
    return { when: randomMoment(random), plusMs: random.between(0, 8_000), what };
  });
  if (!random.chance(0.03)) return some;
  const when = randomMoment(random);
  const junk = Array.from({ length: 200 }, (): Happening => ({
    when,
    plusMs: 100,
    what: { kind: 'undecodable' },
  }));
  return [...some, ...junk];
}

function randomEvent(random: Random): Event {
  const draw = random.next();
  if (draw < 0.06) return { kind: 'undecodable' };
  if (draw < 0.1) return { kind: 'signal', payload: random.pick([null, 'go', { v: 1 }, []]) };
  if (draw < 0.16) return { kind: 'cancel' };
  if (draw < 0.2) return { kind: 'await-decision', id: 'nobody' };
  const kind = random.pick(DECISION_KINDS);
  const to = kind === 'promote' && random.chance(0.5) ? { to: random.pick(SHARES) } : {};
  const change = random.pick([
    {},
    {},
    {},
    {},
    { actor: 'mallory' },
    { deploymentId: 'shop-production-01kaz0000000000000000000aa' },
    { planDigest: `sha256:${'0'.repeat(64)}` },
    { expiresAt: 1 },
    { id: 'the-same' },
  ]);
  return decide(kind, { ...to, ...change });
}

const SHARES = [1, 17, 20, 33, 50, 75, 100];

function randomMoment(random: Random): Happening['when'] {
  return random.pick([
    AT_ONCE,
    inPhase(random.pick(PHASES)),
    inPhase('rollout'),
    inPhase('warm'),
    inPhase('rollback'),
    bakingAt(random.pick(SHARES)),
    doingStep(random.pick(STEPS)),
    doingStep(random.pick(STEPS)),
    halfWay,
    wayBackDoing,
  ]);
}

/** Parts of the steps' ids, forward and back. */
const STEPS = [
  'launch',
  'healthy',
  'smoke',
  'shift',
  'bake',
  'reduce',
  'queue',
  'drain',
  'retire',
  'release',
];

function halfWay({ phase, weights }: DeploymentStatus): boolean {
  return phase === 'rollout' && (weights?.candidate ?? 0) >= 50;
}

function wayBackDoing({ phase, step }: DeploymentStatus): boolean {
  return phase === 'rollback' && step?.startsWith('back-') === true;
}

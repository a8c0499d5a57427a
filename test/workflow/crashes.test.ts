import { CALM } from '../support/simulator/chaos';
import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  bakingAt,
  decide,
  waitingFor,
  type Scenario,
} from '../support/simulator/scenario';

const ALWAYS = { isKilledAt: () => true } as const;

const SCENARIOS: readonly (readonly [string, Partial<Scenario>, string])[] = [
  ['canary', {}, 'succeeded'],
  ['blue-green', { strategy: BLUE_GREEN }, 'succeeded'],
  ['first deployment', { before: 'nothing' }, 'succeeded'],
  ['bad canary', { candidate: { errorRate: 0.2 } }, 'rolled-back'],
  [
    'rollback in mid-bake',
    { happenings: [{ when: bakingAt(50), plusMs: 900, what: decide('rollback') }] },
    'rolled-back',
  ],
];

test.each(SCENARIOS)(
  'a %s whose worker is killed before every workflow task ends as it would have',
  async (_name, change, outcome) => {
    const { status, tasks, kills } = await checked({ ...change, ...ALWAYS });
    expect(status.outcome).toBe(outcome);
    expect(kills).toBe(tasks - 1);
  },
);

test('every second attempt acts and loses its answer: nothing is created twice', async () => {
  const { status, world } = await checked({
    seed: 5,
    strategy: BLUE_GREEN,
    chaos: { ...CALM, failsAfter: 0.3, diesAfter: 0.1 },
  });
  expect(status.outcome).toBe('succeeded');
  const { journal } = world.target;
  expect(journal.filter(({ repeat }) => repeat).length).toBeGreaterThan(0);
  expect(
    journal.filter(({ effect, epoch, repeat }) => effect === 'ensure' && epoch > 1 && !repeat),
  ).toHaveLength(1);
});

test('late effects of an attempt that was given up are refused by the fence', async () => {
  const { status, world } = await checked({
    seed: 12,
    chaos: { ...CALM, late: 0.6 },
    happenings: [{ when: bakingAt(20), plusMs: 900, what: decide('rollback') }],
  });
  expect(status.outcome).toBe('rolled-back');
  expect(world.calls.filter(({ method }) => method === 'setWeights').length).toBeGreaterThan(1);
});

test('a platform that is away for half a minute in mid-bake is waited for', async () => {
  const { status } = await checked({
    happenings: [
      { when: bakingAt(20), plusMs: 1_000, what: { kind: 'platform', available: 'down' } },
      { when: bakingAt(20), plusMs: 31_000, what: { kind: 'platform', available: 'up' } },
      { when: waitingFor('decision'), plusMs: 1_000, what: decide('promote') },
    ],
  });
  expect(status.outcome).toBe('succeeded');
});

test('a rollback while the platform is away happens as soon as it is back', async () => {
  const { status } = await checked({
    happenings: [
      { when: bakingAt(20), plusMs: 1_000, what: { kind: 'platform', available: 'down' } },
      { when: bakingAt(20), plusMs: 2_000, what: decide('rollback') },
      { when: bakingAt(20), plusMs: 92_000, what: { kind: 'platform', available: 'up' } },
    ],
  });
  expect(status.outcome).toBe('rolled-back');
  expect(status.alerts.join()).toContain('still trying');
});

test('an hour without any worker in mid-bake is not a failure', async () => {
  const { status, virtualMs } = await checked({
    chaos: { ...CALM, absences: [{ fromMs: 2_000, toMs: 3_602_000 }] },
    happenings: [{ when: waitingFor('decision'), plusMs: 1_000, what: decide('promote') }],
  });
  expect(status.outcome).toBe('succeeded');
  expect(virtualMs).toBeGreaterThan(3_600_000);
});

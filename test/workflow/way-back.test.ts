import type { Phase } from '../../src/domain/phase';
import { CALM } from '../support/simulator/chaos';
import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  REF,
  bakingAt,
  decide,
  doingStep,
  inPhase,
  waitingFor,
  type Happening,
  once,
} from '../support/simulator/scenario';

const APPROVAL = {
  approvers: ['alice'],
  quorum: 1,
  deadlineMs: 60_000,
  onDeadline: 'reject',
} as const;

describe('by itself', () => {
  test('a candidate that fails requests is rolled back and put on hold', async () => {
    const { status, world } = await checked({ candidate: { errorRate: 0.2 } });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('requests failed');
    expect(
      (await world.records.read({ service: 'shop', environment: 'production' })).holds,
    ).toHaveLength(1);
  });

  test('a candidate that stops serving at 100 % is never live, although no criterion can see it', async () => {
    const { status, world } = await checked({
      strategy: BLUE_GREEN,
      happenings: once(inPhase('verify'), {
        kind: 'behave',
        who: 'candidate',
        change: { healthy: false },
      }),
    });
    expect(status).toMatchObject({ outcome: 'rolled-back', liveAtMs: null });
    expect(status.cause).toContain('No instance of the candidate has answered');
    expect((await world.target.router.observe(REF, new AbortController().signal)).observed).toEqual(
      {
        [status.stable ?? '']: 100,
      },
    );
  });

  test('the exposure counts what a watch that was cut short had seen', async () => {
    const { status, world } = await checked({
      happenings: once(bakingAt(20), decide('rollback'), 4_000),
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.totals?.candidate.requests).toBeGreaterThan(0);
    const record = await world.ledger.find(status.deployment);
    expect(record?.closing?.exposure).toEqual(status.totals?.candidate);
  });

  test('a candidate that begins to fail in warm is rolled back to the fleet that still stands', async () => {
    const { status } = await checked({
      happenings: once(
        inPhase('warm'),
        { kind: 'behave', who: 'candidate', change: { errorRate: 0.5 } },
        2_000,
      ),
    });
    expect(status).toMatchObject({ outcome: 'rolled-back', live: false });
  });

  test('a candidate that never becomes healthy never gets traffic', async () => {
    const { status } = await checked({ candidate: { healthy: false, lines: ['no such table'] } });
    expect(status).toMatchObject({ outcome: 'rolled-back', firstTrafficAtMs: null });
    expect(status.cause).toContain('no such table');
  });

  test('a candidate that ends at once is rolled back with its reason', async () => {
    const { status } = await checked({ candidate: { crash: 'exit code 3', lines: ['boom'] } });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('exit code 3');
  });

  test('a candidate that answers its smoke requests with 500 never gets traffic', async () => {
    const { status } = await checked({ candidate: { smokeStatus: 500 } });
    expect(status).toMatchObject({ outcome: 'rolled-back', firstTrafficAtMs: null });
  });

  test('a failed first deployment leaves no weight and no fleet', async () => {
    const { status, world } = await checked({ before: 'nothing', candidate: { errorRate: 0.5 } });
    expect(status.outcome).toBe('rolled-back');
    const never = new AbortController().signal;
    const ref = { service: 'shop', environment: 'production' };
    expect((await world.target.router.observe(ref, never)).commanded).toEqual({});
    expect(await world.target.fleet.describe(ref, never)).toEqual([]);
  });

  test('stable that stays dead makes the way back incomplete: the run fails and names the weights', async () => {
    const { status, end } = await checked({
      happenings: [
        ...once(bakingAt(50), { kind: 'behave', who: 'stable', change: { healthy: false } }),
        ...once(bakingAt(50), decide('rollback'), 1_000),
      ],
    });
    expect(status.outcome).toBe('rollback-incomplete');
    expect(end.kind).toBe('failed');
    expect(status.leftBehind.join()).toContain('the weights');
    expect(status.alerts.join()).toContain('still trying');
  });
});

/** When, and what a rollback means there. */
const BEFORE_EFFECTS: readonly Phase[] = [
  'store',
  'validate',
  'scan',
  'gate',
  'package',
  'prepare',
];
const MOMENTS: readonly (readonly [string, Happening['when']])[] = [
  ['launch', doingStep('launch')],
  ['await health', doingStep('healthy')],
  ['smoke', doingStep('smoke')],
  ['shift', doingStep('shift-20')],
  ['bake at 20', bakingAt(20)],
  ['shift to 100', doingStep('shift-100')],
  ['verify', inPhase('verify')],
  ['warm', inPhase('warm')],
];

describe('a rollback that a person asks for', () => {
  test.each(BEFORE_EFFECTS)('in phase %s ends cancelled: nothing was started', async (phase) => {
    const { status } = await checked({ happenings: once(inPhase(phase), decide('rollback')) });
    expect(status.outcome).toBe('cancelled');
  });

  test.each(MOMENTS)('during %s gives all traffic back', async (_name, when) => {
    const { status } = await checked({ happenings: once(when, decide('rollback')) });
    expect(status).toMatchObject({ outcome: 'rolled-back', cause: 'Rolled back by alice.' });
  });

  test('is fast: from the decision to stable observed takes less than a second', async () => {
    const { status } = await checked({ happenings: once(bakingAt(50), decide('rollback'), 700) });
    const [decision] = status.decisions;
    expect((status.safeAtMs ?? Infinity) - (decision?.receivedAtMs ?? 0)).toBeLessThan(1_000);
  });

  test('while the target is claimed waits for the claim, so that it can be released', async () => {
    const { status, world } = await checked({
      chaos: { ...CALM, late: 1 },
      seed: 3,
      happenings: once(
        ({ phase, steps }) => phase === 'rollout' && steps.every(({ state }) => state === 'to do'),
        decide('rollback'),
      ),
    });
    expect(status.outcome).toBe('cancelled');
    const own = world.target.journal.filter(({ epoch }) => epoch === 2);
    expect(own.map(({ effect }) => effect)).toEqual(['claim', 'release']);
  });

  test('while an abandoned split is mended mends it all the same, and its fleet goes', async () => {
    const { status, world } = await checked({
      before: 'abandoned',
      chaos: { ...CALM, late: 1 },
      seed: 3,
      happenings: once(({ alerts }) => alerts.length > 0, decide('rollback')),
    });
    expect(status.outcome).toBe('rolled-back');
    const fleets = await world.target.fleet.describe(REF, new AbortController().signal);
    expect(fleets.map(({ revision }) => revision)).toEqual([world.stable?.digest]);
  });

  test('while the old fleet is retired comes too late and is recorded', async () => {
    const { status } = await checked({ happenings: once(doingStep('drain'), decide('rollback')) });
    expect(status.outcome).toBe('succeeded');
    expect(status.decisions).toMatchObject([{ kind: 'rollback', effect: 'refused' }]);
  });

  test('twice is one rollback', async () => {
    const { status } = await checked({
      happenings: [
        ...once(bakingAt(20), decide('rollback')),
        ...once(bakingAt(20), decide('rollback'), 20),
      ],
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.decisions.map(({ effect }) => effect)).toEqual(['applied', 'counted']);
  });
});

describe('other ways out', () => {
  test.each(MOMENTS)('abort during %s goes back without a hold', async (_name, when) => {
    const { status, world } = await checked({ happenings: once(when, decide('abort')) });
    expect(status.outcome).toBe('cancelled');
    expect(
      (await world.records.read({ service: 'shop', environment: 'production' })).holds,
    ).toEqual([]);
  });

  test('reject at the approval ends rejected, nothing was touched', async () => {
    const { status } = await checked({
      approval: APPROVAL,
      happenings: once(waitingFor('approval'), decide('reject')),
    });
    expect(status).toMatchObject({ outcome: 'rejected', firstTrafficAtMs: null });
  });

  test('reject after traffic moved is a rollback', async () => {
    const { status } = await checked({ happenings: once(bakingAt(20), decide('reject')) });
    expect(status.outcome).toBe('rolled-back');
  });

  test.each([...BEFORE_EFFECTS.map((phase) => [phase, inPhase(phase)] as const), ...MOMENTS])(
    'Temporal’s own cancel during %s undoes everything and ends cancelled',
    async (_name, when) => {
      const { status } = await checked({ happenings: once(when, { kind: 'cancel' }) });
      expect(status.outcome).toBe('cancelled');
    },
  );

  test('Temporal’s own cancel during the way back does not stop it', async () => {
    const { status } = await checked({
      strategy: BLUE_GREEN,
      happenings: [
        ...once(inPhase('verify'), decide('rollback')),
        ...once(inPhase('rollback'), { kind: 'cancel' }),
      ],
    });
    expect(status.outcome).toBe('rolled-back');
  });
});

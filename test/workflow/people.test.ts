import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  bakingAt,
  decide,
  inPhase,
  waitingFor,
  once,
} from '../support/simulator/scenario';

const APPROVAL = {
  approvers: ['alice', 'bob'],
  quorum: 2,
  deadlineMs: 60_000,
  onDeadline: 'reject',
} as const;

describe('approval', () => {
  test('a quorum of two needs two different people', async () => {
    const { status } = await checked({
      approval: APPROVAL,
      happenings: [
        ...once(waitingFor('approval'), decide('approve')),
        ...once(waitingFor('approval'), decide('approve'), 100),
        ...once(waitingFor('approval'), decide('approve', { actor: 'bob' }), 5_000),
      ],
    });
    expect(status.outcome).toBe('succeeded');
    expect(status.decisions.map(({ effect }) => effect)).toEqual(['counted', 'refused', 'applied']);
  });

  test('nobody until the deadline means rejected', async () => {
    const { status } = await checked({ approval: APPROVAL });
    expect(status).toMatchObject({ outcome: 'rejected', firstTrafficAtMs: null });
  });

  test.each([
    ['of a stranger', { actor: 'carol' }],
    ['with a wrong key', { actor: 'mallory' }],
    ['of another plan', { planDigest: `sha256:${'0'.repeat(64)}` }],
    ['of another deployment', { deploymentId: 'shop-production-01kaz0000000000000000000aa' }],
    ['that has expired', { expiresAt: 1 }],
  ])('an approval %s does not count', async (_name, change) => {
    const { status } = await checked({
      approval: { ...APPROVAL, quorum: 1 },
      happenings: once(waitingFor('approval'), decide('approve', change)),
    });
    expect(status.outcome).toBe('rejected');
    expect(status.decisions).toMatchObject([{ effect: 'refused' }]);
  });
});

describe('pause', () => {
  test('stops the dwell clock: a step takes as much longer as it was paused', async () => {
    const plain = await checked();
    const paused = await checked({
      happenings: [
        ...once(bakingAt(20), decide('pause'), 500),
        ...once(waitingFor('resume'), decide('resume'), 60_000),
      ],
    });
    expect(paused.status.outcome).toBe('succeeded');
    const longer = paused.virtualMs - plain.virtualMs;
    expect(longer).toBeGreaterThan(57_000);
    expect(longer).toBeLessThan(65_000);
  });

  test('watches on: harm during a pause still rolls back', async () => {
    const { status } = await checked({
      happenings: [
        ...once(bakingAt(20), decide('pause'), 500),
        ...once(
          waitingFor('resume'),
          { kind: 'behave', who: 'candidate', change: { errorRate: 0.5 } },
          3_000,
        ),
      ],
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('requests failed');
  });

  test('has its own deadline, and then it goes back', async () => {
    const { status, virtualMs } = await checked({
      strategy: BLUE_GREEN,
      happenings: once(inPhase('rollout'), decide('pause')),
    });
    expect(status).toMatchObject({ outcome: 'rolled-back', firstTrafficAtMs: null });
    expect(virtualMs).toBeGreaterThan(4 * 3_600_000);
  });
});

describe('promote', () => {
  test('cuts the watch short that it meets, and only that one', async () => {
    const plain = await checked();
    const promoted = await checked({ happenings: once(bakingAt(20), decide('promote'), 100) });
    expect(promoted.status.outcome).toBe('succeeded');
    const shorter = plain.virtualMs - promoted.virtualMs;
    expect(shorter).toBeGreaterThan(3_000);
    expect(shorter).toBeLessThan(8_000);
  });
});

describe('a question', () => {
  const SLOW = { candidate: { latencyMs: 800 } };

  test('without an answer by its deadline means back', async () => {
    const { status } = await checked(SLOW);
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('Nobody answered in time');
    expect(status.alerts.join()).toContain('A person must decide');
  });

  test('that was answered late is not asked again because of the time that went by', async () => {
    const { status } = await checked({
      ...SLOW,
      strategy: BLUE_GREEN,
      rollbackWindowMs: 0,
      happenings: once(waitingFor('decision'), decide('promote'), 300_000),
    });
    expect(status.outcome).toBe('succeeded');
    expect(status.alerts.filter((alert) => alert.startsWith('A person must decide'))).toHaveLength(
      1,
    );
  });

  test.each([
    ['no traffic at all', { requestsPerSecond: 0 }],
    ['nobody who counts', { metrics: 'silent' as const }],
  ])('%s is never a pass: a person is asked', async (_name, change) => {
    const { status } = await checked(change);
    expect(status.outcome).toBe('rolled-back');
    expect(status.alerts.join()).toContain('A person must decide');
  });
});

describe('yield', () => {
  test('ends a warm deployment at once', async () => {
    const plain = await checked();
    const yielded = await checked({ happenings: once(inPhase('warm'), decide('yield'), 1_000) });
    expect(yielded.status.outcome).toBe('succeeded');
    expect(plain.virtualMs - yielded.virtualMs).toBeGreaterThan(15_000);
  });

  test('is refused while it rolls out', async () => {
    const { status } = await checked({ happenings: once(bakingAt(20), decide('yield')) });
    expect(status.outcome).toBe('succeeded');
    expect(status.decisions).toMatchObject([{ kind: 'yield', effect: 'refused' }]);
  });
});

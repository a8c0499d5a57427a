import type { Story } from '../support/simulator/line/simulate-line';
import { checkedLine } from '../support/simulator/line/checked-line';
import { BAD_ARTIFACT, newcomer, type Newcomer } from '../support/simulator/line/line-scenario';
import { CANARY } from '../support/simulator/scenario';

/** Three seconds from the start to the first user, then half a minute of steps. */
const SLOW: Partial<Newcomer> = { strategy: CANARY };

async function played(...newcomers: readonly Newcomer[]): Promise<readonly Story[]> {
  return (await checkedLine({ newcomers })).stories;
}

function outcomes(stories: readonly Story[]): readonly (string | null | undefined)[] {
  return stories.map(({ status }) => status?.outcome);
}

function startOrder(stories: readonly Story[]): readonly string[] {
  const started = stories.flatMap(({ newcomer: { deploymentId }, runs }) =>
    runs.map((run) => ({ id: deploymentId.slice(-1), atMs: run.options.identity.startedAtMs })),
  );
  return started.sort((a, b) => a.atMs - b.atMs).map(({ id }) => id);
}

describe('queue', () => {
  test('everybody gets a turn, in the order of coming', async () => {
    const stories = await played(newcomer(1), newcomer(2), newcomer(3), newcomer(4));
    expect(startOrder(stories)).toEqual(['1', '2', '3', '4']);
    expect(outcomes(stories)).toEqual(Array.from({ length: 4 }, () => 'succeeded'));
  });

  test('one that goes back does not hold up the next', async () => {
    const stories = await played(newcomer(1, { artifact: BAD_ARTIFACT }), newcomer(2));
    expect(outcomes(stories)).toEqual(['rolled-back', 'succeeded']);
  });

  test('who waits too long is taken out, and told', async () => {
    const stories = await played(newcomer(1, SLOW), newcomer(2, { lineWaitMs: 5_000 }));
    expect(stories[1]).toMatchObject({
      lineEnd: { kind: 'expired' },
      client: { kind: 'refused', code: 'LINE_EXPIRED' },
      runs: [],
    });
  });

  test('who is taken out of the line is never started', async () => {
    const stories = await played(newcomer(1, SLOW), newcomer(2, { leavesAfterMs: 3_000 }));
    expect(stories[1]).toMatchObject({
      lineEnd: { kind: 'left', by: 'ann' },
      client: { kind: 'refused', code: 'LEFT_LINE' },
      runs: [],
    });
  });
});

describe('supersede', () => {
  const supersede = (number: number, change: Partial<Newcomer> = {}): Newcomer =>
    newcomer(number, { kind: 'supersede', ...change });

  test('the newest wins: who waited before it never starts', async () => {
    const stories = await played(
      newcomer(1, SLOW),
      newcomer(2, { atMs: 10_000 }),
      supersede(3, { atMs: 12_000 }),
      supersede(4, { atMs: 14_000 }),
    );
    expect(startOrder(stories)).toEqual(['1', '4']);
    expect(stories.map(({ lineEnd }) => lineEnd?.kind)).toEqual([
      'started',
      'superseded',
      'superseded',
      'started',
    ]);
  });

  test('a run that carries user traffic is waited for, not cancelled', async () => {
    const stories = await played(newcomer(1, SLOW), supersede(2, { atMs: 10_000 }));
    expect(outcomes(stories)).toEqual(['succeeded', 'succeeded']);
  });

  test('a run that no user has seen gives its place', async () => {
    const stories = await played(newcomer(1), supersede(2, { atMs: 1_200 }));
    expect(outcomes(stories)).toEqual(['superseded', 'succeeded']);
  });
});

describe('reject', () => {
  const reject = (change: Partial<Newcomer>): Newcomer =>
    newcomer(2, { kind: 'reject', ...change });

  test('is refused while another one rolls out', async () => {
    const [, refused] = await played(newcomer(1, SLOW), reject({ atMs: 10_000 }));
    expect(refused).toMatchObject({
      client: { kind: 'refused', code: 'DEPLOYMENT_IN_PROGRESS' },
      runs: [],
    });
  });

  test('starts where the other one is live, and inherits its old fleet', async () => {
    const window = { rollbackWindowMs: 10 * 60_000 };
    const { stories, world } = await checkedLine({
      newcomers: [newcomer(1, window), reject({ atMs: 30_000, rollbackWindowMs: 0 })],
    });
    expect(outcomes(stories)).toEqual(['succeeded', 'succeeded']);
    const effects = world.target.journal.filter(({ epoch }) => epoch > 1);
    const kinds = effects.map(({ effect }) => effect);
    expect(kinds).toContain('park');
    // The newcomer, about to serve, retires what stood by; at its end it retires what it took the place of.
    expect(kinds.filter((effect) => effect === 'retire')).toHaveLength(2);
  });
});

describe('a rollback', () => {
  const back = (number: number, atMs: number): Newcomer =>
    newcomer(number, { kind: 'rollback', atMs });

  test('never waits: what rolls out goes back first, and who queues stays behind it', async () => {
    const first = newcomer(1, { rollbackWindowMs: 0 });
    const second = newcomer(2, { ...SLOW, atMs: 20_000 });
    const queued = newcomer(3, { atMs: 25_000 });
    const stories = await played(first, second, queued, back(4, 30_000));
    expect(startOrder(stories)).toEqual(['1', '2', '4', '3']);
    expect(outcomes(stories)).toEqual(['succeeded', 'rolled-back', 'succeeded', 'succeeded']);
  });

  test('a deployment that no user has seen ends superseded for it', async () => {
    const first = newcomer(1, { rollbackWindowMs: 0 });
    const stories = await played(first, newcomer(2, { atMs: 20_000 }), back(3, 20_200));
    expect(outcomes(stories)).toEqual(['succeeded', 'superseded', 'succeeded']);
  });
});

describe('a client that dies', () => {
  const dying = (diesAtCall: number): Promise<readonly Story[]> =>
    played(newcomer(1), newcomer(2, { diesAtCall }), newcomer(3));

  test.each([1, 2])(
    'at its call number %d, looking for a worker, never came',
    async (diesAtCall) => {
      expect(startOrder(await dying(diesAtCall))).toEqual(['1', '3']);
    },
  );

  test.each([3, 4, 5, 6, 7, 8])(
    'at its call number %d, when it has joined, is started in its turn',
    async (diesAtCall) => {
      const stories = await dying(diesAtCall);
      expect(startOrder(stories)).toEqual(['1', '2', '3']);
      expect(stories[1]?.client).toBeNull();
    },
  );
});

test('a line that goes on as a new run loses nobody', async () => {
  const newcomers = Array.from({ length: 5 }, (_one, index) => newcomer(index + 1));
  const { lines, stories } = await checkedLine({ newcomers, suggestedEvents: 20 });
  expect(lines.length).toBeGreaterThan(2);
  expect(startOrder(stories)).toEqual(['1', '2', '3', '4', '5']);
});

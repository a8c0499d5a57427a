import { checked } from '../support/simulator/checked';
import {
  bakingAt,
  decide,
  inPhase,
  type Event,
  type Happening,
  once,
} from '../support/simulator/scenario';

const JUNK: readonly (readonly [string, Event])[] = [
  ['an unknown encoding', { kind: 'undecodable' }],
  ['a number', { kind: 'signal', payload: 7 }],
  ['null', { kind: 'signal', payload: null }],
  ['an empty object', { kind: 'signal', payload: {} }],
  ['a list', { kind: 'signal', payload: [1, 2] }],
  ['an unknown kind', { kind: 'signal', payload: { v: 1, kind: 'explode' } }],
  ['another version', { kind: 'signal', payload: { v: 2, kind: 'rollback' } }],
];

test.each(JUNK)(
  'a signal with %s is recorded as unreadable and harms nothing',
  async (_name, junk) => {
    const { status } = await checked({ happenings: once(bakingAt(20), junk) });
    expect(status.outcome).toBe('succeeded');
    expect(status.decisions).toMatchObject([{ kind: 'unreadable', effect: 'refused' }]);
  },
);

test('200 junk signals at once harm nothing, and a rollback among them acts at once', async () => {
  const junk = Array.from({ length: 200 }, (_one, index): Happening => {
    const [, what] = JUNK[index % JUNK.length] as (typeof JUNK)[number];
    return { when: bakingAt(20), plusMs: 500, what };
  });
  const { status } = await checked({
    happenings: [...junk, ...once(bakingAt(20), decide('rollback'), 500)],
  });
  expect(status.outcome).toBe('rolled-back');
});

test('one id is one decision, however often it arrives', async () => {
  const promote = decide('promote', { id: 'the-same' });
  const { status } = await checked({
    happenings: [
      ...once(bakingAt(20), promote, 100),
      ...once(bakingAt(20), promote, 150),
      ...once(bakingAt(50), promote, 100),
    ],
  });
  expect(status.decisions.map(({ id }) => id)).toEqual(['the-same']);
});

test('awaitDecision answers what became of a decision, and fails for one that never came', async () => {
  const { run, status } = await checked({
    happenings: [
      ...once(bakingAt(20), { kind: 'await-decision', id: 'mine' }),
      ...once(bakingAt(20), { kind: 'await-decision', id: 'never' }),
      ...once(bakingAt(20), decide('promote', { id: 'mine' }), 200),
    ],
  });
  expect(status.outcome).toBe('succeeded');
  expect(run.updates.stateOf('await-mine')).toMatchObject({
    kind: 'completed',
    result: { id: 'mine', effect: 'applied' },
  });
  expect(run.updates.stateOf('await-never')).toMatchObject({ kind: 'rejected' });
});

test('a decision that nobody vouches for does not promote', async () => {
  const { status } = await checked({
    happenings: once(bakingAt(20), decide('promote', { actor: 'mallory' })),
  });
  expect(status.decisions).toMatchObject([{ verification: 'refused', effect: 'refused' }]);
});

test('decisions in every phase before the rollout are answered', async () => {
  const { status } = await checked({
    happenings: [
      ...once(inPhase('store'), decide('approve')),
      ...once(inPhase('scan'), decide('pause')),
      ...once(inPhase('prepare'), decide('promote')),
    ],
  });
  expect(status.outcome).toBe('succeeded');
  expect(status.decisions.map(({ effect }) => effect)).toEqual(['refused', 'refused', 'refused']);
});

test('a decision that arrives while the ledger is away at the very end is answered too', async () => {
  const { status } = await checked({
    ledger: 'away',
    happenings: once(inPhase('ended'), decide('rollback'), 5_000),
  });
  expect(status.outcome).toBe('succeeded');
  expect(status.decisions).toMatchObject([{ kind: 'rollback', effect: 'refused' }]);
});

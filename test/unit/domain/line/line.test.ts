import {
  beginTurn,
  EMPTY_LINE,
  endTurn,
  expire,
  headOf,
  isTurnOver,
  join,
  leave,
  leaveAll,
  MOST_PAST,
  MOST_WAITING,
  nextDeadlineMs,
  type Line,
} from '../../../../src/domain/line/line';
import type { LineEnd } from '../../../../src/domain/line/line-end';
import type { LineKind } from '../../../../src/domain/line/line-entry';
import { anEntry, HOUR_MS, idOf, type EntryChange } from './entries';

type Joining = readonly [name: string, kind: LineKind, change?: EntryChange];

function lineOf(...joining: readonly Joining[]): Line {
  return joining.reduce((line, one) => join(line, anEntry(...one), 0), EMPTY_LINE);
}

function names({ waiting }: Line): readonly string[] {
  return waiting.map(({ request }) => request.deploymentId.replace('shop-production-', ''));
}

function endOf(line: Line, name: string): LineEnd | undefined {
  return line.past.find(({ deploymentId }) => deploymentId === idOf(name))?.end;
}

/** The head's start is being tried. */
function inTurn(line: Line): Line {
  const head = headOf(line);
  return head === null ? line : beginTurn(line, head);
}

describe('joining', () => {
  test('queue: who comes later stands behind', () => {
    expect(names(lineOf(['a', 'queue'], ['b', 'queue'], ['c', 'queue']))).toEqual(['a', 'b', 'c']);
  });

  test('supersede: the newest takes the place of everybody who waits', () => {
    const line = lineOf(['a', 'queue'], ['b', 'supersede'], ['c', 'supersede']);
    expect(names(line)).toEqual(['c']);
    expect(endOf(line, 'a')).toEqual({ kind: 'superseded', by: idOf('b') });
    expect(endOf(line, 'b')).toEqual({ kind: 'superseded', by: idOf('c') });
  });

  test('supersede: a way back keeps its place before the newcomer', () => {
    expect(names(lineOf(['back', 'rollback'], ['a', 'queue'], ['b', 'supersede']))).toEqual([
      'back',
      'b',
    ]);
  });

  test('rollback: it goes to the head, and takes the place of an older way back', () => {
    const line = lineOf(['a', 'queue'], ['old', 'rollback'], ['new', 'rollback']);
    expect(names(line)).toEqual(['new', 'a']);
    expect(endOf(line, 'old')).toEqual({ kind: 'superseded', by: idOf('new') });
  });

  test('reject: it joins an empty line, and is refused where somebody waits', () => {
    const line = lineOf(['a', 'reject'], ['b', 'reject']);
    expect(names(line)).toEqual(['a']);
    expect(endOf(line, 'b')).toMatchObject({ kind: 'refused', why: 'in-progress' });
  });

  test('the eleventh is refused, a way back never is', () => {
    const ten = Array.from({ length: MOST_WAITING }, (_one, index): Joining => {
      return [`q${index}`, 'queue'];
    });
    const line = lineOf(...ten, ['late', 'queue'], ['back', 'rollback']);
    expect(endOf(line, 'late')).toMatchObject({ kind: 'refused', why: 'full' });
    expect(names(line)).toEqual(['back', ...ten.map(([name]) => name)]);
  });

  test('a way back takes no place from the ten', () => {
    const nine = Array.from({ length: MOST_WAITING - 1 }, (_one, index): Joining => {
      return [`q${index}`, 'queue'];
    });
    const line = lineOf(['back', 'rollback'], ...nine, ['tenth', 'queue']);
    expect(names(line)).toContain('tenth');
  });

  test('supersede is never refused for want of room', () => {
    const ten = Array.from({ length: MOST_WAITING }, (_one, index): Joining => {
      return [`q${index}`, 'queue'];
    });
    expect(names(lineOf(...ten, ['new', 'supersede']))).toEqual(['new']);
  });

  test('the same deployment twice is one, waiting or past', () => {
    const twice = lineOf(['a', 'queue'], ['a', 'queue']);
    expect(names(twice)).toEqual(['a']);
    const gone = leave(twice, { deploymentId: idOf('a'), actor: 'bob', reason: null }, 1);
    expect(join(gone, anEntry('a', 'queue'), 2)).toBe(gone);
  });

  test('the same request key is the same request', () => {
    const line = lineOf(
      ['a', 'queue', { requestKey: 'ci:7' }],
      ['b', 'queue', { requestKey: 'ci:7' }],
    );
    expect(names(line)).toEqual(['a']);
    expect(endOf(line, 'b')).toEqual({ kind: 'attached', to: idOf('a') });
  });

  test('a job that deployed and now goes back has one key and two requests', () => {
    const line = lineOf(
      ['a', 'queue', { requestKey: 'ci:7' }],
      ['back', 'rollback', { requestKey: 'ci:7' }],
    );
    expect(names(line)).toEqual(['back', 'a']);
  });
});

describe('leaving', () => {
  const two = lineOf(['a', 'queue'], ['b', 'queue']);

  test('who leaves is named with the reason', () => {
    const line = leave(two, { deploymentId: idOf('b'), actor: 'bob', reason: 'typo' }, 5);
    expect(names(line)).toEqual(['a']);
    expect(line.past).toEqual([
      expect.objectContaining({
        deploymentId: idOf('b'),
        endedAtMs: 5,
        end: { kind: 'left', by: 'bob', reason: 'typo' },
      }),
    ]);
  });

  test('who was never here changes nothing', () => {
    expect(leave(two, { deploymentId: idOf('x'), actor: 'bob', reason: null }, 5)).toEqual(two);
  });

  test('the deadline takes out who has waited long enough, and no other', () => {
    const line = lineOf(['a', 'queue', { waitMs: 10 }], ['b', 'queue']);
    expect(nextDeadlineMs(line)).toBe(10);
    expect(expire(line, 9)).toEqual(line);
    const later = expire(line, 10);
    expect(names(later)).toEqual(['b']);
    expect(endOf(later, 'a')).toEqual({ kind: 'expired' });
    expect(nextDeadlineMs(later)).toBe(HOUR_MS);
  });

  test('nobody waits: no deadline', () => {
    expect(nextDeadlineMs(EMPTY_LINE)).toBeNull();
  });

  test('a cancelled line sends everybody away', () => {
    const line = leaveAll(two, { actor: 'Temporal', reason: null }, 5);
    expect(names(line)).toEqual([]);
    expect(line.past).toHaveLength(2);
  });

  test('the past is kept short, the newest last', () => {
    const ids = Array.from({ length: MOST_PAST + 5 }, (_one, index) => `n${index}`);
    const line = ids.reduce(
      (now, name) =>
        leave(
          join(now, anEntry(name, 'queue'), 0),
          { deploymentId: idOf(name), actor: 'bob', reason: null },
          0,
        ),
      EMPTY_LINE,
    );
    expect(line.past).toHaveLength(MOST_PAST);
    expect(line.past.at(-1)?.deploymentId).toBe(idOf(ids.at(-1) ?? ''));
  });
});

describe('a turn', () => {
  const bob = { actor: 'bob', reason: null };

  test('what was started has started, whoever took it out meanwhile', () => {
    const turn = inTurn(lineOf(['a', 'queue'], ['b', 'supersede']));
    const left = leave(turn, { deploymentId: idOf('b'), ...bob }, 1);
    expect(isTurnOver(left)).toBe(true);
    const line = endTurn(left, { kind: 'started', runId: 'run-7' }, 2);
    expect(endOf(line, 'b')).toEqual({ kind: 'started', runId: 'run-7' });
    expect(names(line)).toEqual([]);
  });

  test('what was not started leaves as it was taken out', () => {
    const superseded = join(inTurn(lineOf(['a', 'queue'])), anEntry('b', 'supersede'), 1);
    expect(isTurnOver(superseded)).toBe(true);
    expect(names(superseded)).toEqual(['a', 'b']);
    const line = endTurn(superseded, null, 2);
    expect(names(line)).toEqual(['b']);
    expect(endOf(line, 'a')).toEqual({ kind: 'superseded', by: idOf('b') });
  });

  test('the first reason to leave counts', () => {
    const turn = inTurn(lineOf(['a', 'queue', { waitMs: 10 }]));
    const left = leave(turn, { deploymentId: idOf('a'), ...bob }, 1);
    expect(endOf(endTurn(expire(left, 99), null, 100), 'a')).toMatchObject({ kind: 'left' });
  });

  test('a way back interrupts the turn of another, which keeps its place behind it', () => {
    const back = join(inTurn(lineOf(['a', 'queue'])), anEntry('back', 'rollback'), 1);
    expect(isTurnOver(back)).toBe(true);
    const line = endTurn(back, null, 2);
    expect(names(line)).toEqual(['back', 'a']);
    expect(line.turn).toBeNull();
  });

  test('one that joins behind does not interrupt it', () => {
    expect(isTurnOver(join(inTurn(lineOf(['a', 'queue'])), anEntry('b', 'queue'), 1))).toBe(false);
  });

  test('who is about to leave takes nobody with the same key along', () => {
    const turn = inTurn(lineOf(['a', 'queue', { requestKey: 'ci:7' }]));
    const left = leave(turn, { deploymentId: idOf('a'), ...bob }, 1);
    const line = join(left, anEntry('b', 'queue', { requestKey: 'ci:7' }), 2);
    expect(names(endTurn(line, null, 3))).toEqual(['b']);
  });
});

import fc from 'fast-check';
import { rollbackCandidates } from '../../../../src/domain/history/rollback-candidates';
import { digestOf, holdOf, MINUTE_MS, served, sources } from './samples';

describe('the revisions that can be brought back', () => {
  it('are those that served everybody, the newest first, with when they did', () => {
    const found = rollbackCandidates(
      sources([served('a', 1), served('b', 5), served('c', 9)], 'c'),
    );
    expect(
      found.map(({ revision, servedFromMs, servedUntilMs, isServing }) => [
        revision,
        servedFromMs / MINUTE_MS,
        servedUntilMs === null ? null : servedUntilMs / MINUTE_MS,
        isServing,
      ]),
    ).toEqual([
      [digestOf('c'), 9, null, true],
      [digestOf('b'), 5, 9, false],
      [digestOf('a'), 1, 5, false],
    ]);
  });

  it('are never what was rolled back, blocked, still open, or served already', () => {
    const records = [
      served('a', 1),
      served('b', 2, { outcome: 'rolled-back' }),
      served('c', 3, { outcome: 'blocked', liveAtMs: null }),
      served('d', 4, { liveAtMs: null }),
      { ...served('d', 5), closing: null },
    ];
    const found = rollbackCandidates(sources(records, 'a'));
    expect(found.map(({ revision }) => revision)).toEqual([digestOf('a')]);
  });

  it('name each revision once, with the last time that it served', () => {
    const found = rollbackCandidates(
      sources([served('a', 1), served('b', 2), served('a', 3)], 'a'),
    );
    expect(found.map(({ deploymentId }) => deploymentId)).toEqual([
      'shop-production-a3',
      'shop-production-b2',
    ]);
  });

  it('hold what serves although the ledger has lost it', () => {
    const found = rollbackCandidates(sources([served('a', 1)], 'b'));
    const [serving] = found.filter(({ isServing }) => isServing);
    expect(serving).toMatchObject({
      revision: digestOf('b'),
      deploymentId: 'shop-production-lost',
    });
  });

  it('say what is on hold, pruned or damaged', () => {
    const records = [served('a', 1), served('b', 2), served('c', 3), served('d', 4)];
    const base = sources(records, 'd');
    const found = rollbackCandidates({
      ...base,
      service: { ...base.service, holds: [holdOf('c')] },
      stored: new Map([...base.stored].filter(([digest]) => digest !== digestOf('b'))).set(
        digestOf('a'),
        'damaged',
      ),
    });
    expect(found.map(({ hold, stored }) => [hold !== null, stored.state])).toEqual([
      [false, 'kept'],
      [true, 'kept'],
      [false, 'pruned'],
      [false, 'damaged'],
    ]);
  });

  it('say what bringing them back changes', () => {
    const [serving, earlier] = rollbackCandidates(sources([served('a', 1), served('b', 2)], 'b'));
    expect(serving?.difference).toBeNull();
    expect(earlier?.difference).toMatchObject({
      from: digestOf('b'),
      to: digestOf('a'),
      files: { changed: 1 },
    });
  });

  it('hold stable itself where an interrupted rollout left it with a part of the traffic', () => {
    const split = new Set([digestOf('b'), digestOf('c')]);
    const records = [served('a', 1), served('b', 2)];
    const [newest] = rollbackCandidates(sources(records, 'b', { routedTo: split }));
    expect(newest).toMatchObject({ revision: digestOf('b'), isServing: false });
  });

  it('have at most one that serves, and no two of the same revision', () => {
    const letters = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1 }), letters, (order, serving) => {
        const records = order.map((letter, minute) => served(letter, minute + 1));
        const found = rollbackCandidates(sources(records, serving));
        expect(found.filter(({ isServing }) => isServing)).toHaveLength(1);
        expect(new Set(found.map(({ revision }) => revision)).size).toBe(found.length);
      }),
    );
  });
});

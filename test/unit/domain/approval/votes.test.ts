import fc from 'fast-check';
import { countVotes } from '../../../../src/domain/approval/votes';
import { decision, OTHER_PLAN, PLAN, TWO_OF_THREE } from '../support/decisions';

describe('countVotes', () => {
  test('counts distinct allowed names that approved exactly this plan', () => {
    const votes = [
      decision({ id: '1', actor: 'ann' }),
      decision({ id: '2', actor: 'ann' }),
      decision({ id: '3', actor: 'eve' }),
      decision({ id: '4', actor: 'ben', planDigest: OTHER_PLAN }),
      decision({ id: '5', actor: 'cleo', kind: 'promote' }),
    ];
    expect(countVotes(TWO_OF_THREE, PLAN, votes)).toEqual({
      approvers: ['ann'],
      quorum: 2,
      missing: 1,
      reached: false,
    });
  });

  test('without names anybody counts', () => {
    const anybody = { ...TWO_OF_THREE, approvers: [], quorum: 1 };
    expect(countVotes(anybody, PLAN, [decision({ actor: 'eve' })]).reached).toBe(true);
  });

  test('nobody is never a quorum, whatever the policy says', () => {
    for (const quorum of [0, -1]) {
      expect(countVotes({ ...TWO_OF_THREE, quorum }, PLAN, []).reached).toBe(false);
    }
  });

  test('one name alone never reaches a quorum of two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (times) => {
        const votes = Array.from({ length: times }, (_, index) => decision({ id: `d-${index}` }));
        expect(countVotes(TWO_OF_THREE, PLAN, votes).reached).toBe(false);
      }),
    );
  });
});

import fc from 'fast-check';
import { LONGEST_TEXT, parseDecision } from '../../../../src/domain/approval/parse-decision';
import { decision, DEPLOYMENT } from '../support/decisions';

describe('parseDecision', () => {
  test('reads what a client sends, and leaves out what it does not know', () => {
    const sent = decision({ reason: 'looks good', proof: 'p' });
    expect(parseDecision({ ...sent, extra: 1 }, DEPLOYMENT)).toEqual({ decision: sent });
  });

  test('reads absent optional fields as absent', () => {
    const { planDigest: _none, ...sent } = decision({ kind: 'abort' });
    const parsed = parseDecision({ ...sent, reason: undefined, proof: null }, DEPLOYMENT);
    expect(parsed).toEqual({ decision: sent });
  });

  test.each([
    ['no object', 'rollback', 'is an object'],
    ['a list', [decision()], 'is an object'],
    ['null', null, 'is an object'],
    ['another version', { ...decision(), v: 2 }, 'another version'],
    ['an unknown kind', { ...decision(), kind: 'destroy' }, '"destroy"'],
    ['a kind from the prototype', { ...decision(), kind: 'toString' }, '"toString"'],
    ['no deployment', { ...decision(), deploymentId: undefined }, DEPLOYMENT],
    ['an empty id', { ...decision(), id: '' }, 'id is not empty'],
    ['no actor', { ...decision(), actor: 7 }, 'actor is text'],
    ['a long reason', { ...decision(), reason: 'x'.repeat(LONGEST_TEXT + 1) }, 'at most 4096'],
    ['a time as text', { ...decision(), issuedAt: '2025' }, 'issuedAt is a time'],
    ['a time that is no number', { ...decision(), expiresAt: NaN }, 'expiresAt is a time'],
    ['a plan that is no text', { ...decision(), planDigest: {} }, 'planDigest is text'],
  ])('names what is wrong with %s', (_name, payload, problem) => {
    const parsed = parseDecision(payload, DEPLOYMENT);
    expect('problem' in parsed && parsed.problem).toContain(problem);
  });

  test('answers with a problem instead of throwing, even where a field throws', () => {
    const trap = Object.defineProperty({ ...decision() }, 'actor', {
      get: () => {
        throw new Error('trap');
      },
    });
    expect(parseDecision(trap, DEPLOYMENT)).toEqual({ problem: 'The decision cannot be read.' });
  });

  test('never throws and never lets through what is not a decision', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        expect(parseDecision(payload, DEPLOYMENT)).toHaveProperty('problem');
      }),
    );
  });

  test('a decision with any one field replaced is read as it is or refused, and nothing else', () => {
    const field = fc.constantFrom(...Object.keys(decision({ proof: 'p' })));
    fc.assert(
      fc.property(field, fc.anything(), (name, value) => {
        const parsed = parseDecision({ ...decision(), [name]: value }, DEPLOYMENT);
        if ('decision' in parsed) {
          expect(parsed.decision.actor).not.toBe('');
          expect(typeof parsed.decision.expiresAt).toBe('number');
        } else {
          expect(parsed.problem.length).toBeLessThan(400);
        }
      }),
    );
  });
});

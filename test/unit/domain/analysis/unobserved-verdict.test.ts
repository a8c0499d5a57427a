import {
  unobservedVerdict,
  type Unobserved,
} from '../../../../src/domain/analysis/unobserved-verdict';
import { GONE, UNOBSERVED, type Verdict } from '../../../../src/domain/analysis/verdict';

const CLEAR: Verdict = {
  kind: 'safe',
  rule: 'clear',
  sentence: 'Nothing is beyond a limit.',
  evidence: [],
  window: 7,
};
const HALF = { stable: 50, candidate: 50 };
const ONLY_STABLE = { stable: 100, candidate: 0 };
const ONLY_CANDIDATE = { stable: 0, candidate: 100 };

function judged(change: Partial<Unobserved>, verdict = CLEAR): Verdict {
  return unobservedVerdict(verdict, { told: HALF, observed: HALF, goneForMs: null, ...change });
}

describe('weights that the router does not give as told', () => {
  test.each([
    ['a dead candidate', ONLY_STABLE, 'gets 0 %: no instance of the candidate can serve, or'],
    ['a dead stable', ONLY_CANDIDATE, 'gets 100 %: no instance of stable can serve, or'],
    ['two dead fleets', { stable: 0, candidate: 0 }, 'nobody gets any: no instance that was given'],
    ['a stranger', { stable: 25, candidate: 75 }, 'somebody else changed the weights'],
  ])('are never safe, and %s is named', (_who, observed, words) => {
    const { kind, rule, sentence } = judged({ observed });
    expect({ kind, rule }).toEqual({ kind: 'not-yet', rule: UNOBSERVED });
    expect(sentence).toContain(words);
  });

  test('are harm once the candidate has not answered for five seconds while stable could', () => {
    const observed = ONLY_STABLE;
    expect(judged({ observed, goneForMs: 4_999 }).kind).toBe('not-yet');
    expect(judged({ observed, goneForMs: 5_000 })).toMatchObject({ kind: 'harm', rule: GONE });
  });

  test('are harm where a question stands, too: nobody has to answer it', () => {
    const question: Verdict = { ...CLEAR, kind: 'not-yet', rule: 'ask:manual/response_time_p95' };
    expect(judged({ goneForMs: null }, question)).toEqual(question);
    expect(judged({ goneForMs: 6_000 }, question).kind).toBe('harm');
  });

  test('change nothing about harm that is known already', () => {
    const harm: Verdict = { ...CLEAR, kind: 'harm', rule: 'guard:automatic/error_rate' };
    expect(judged({ goneForMs: 6_000 }, harm)).toEqual(harm);
  });
});

import {
  analyzeRollback,
  type RollbackFacts,
} from '../../../../src/domain/rollback/analyze-rollback';

const FACTS: RollbackFacts = {
  trigger: 'criterion',
  by: null,
  severity: 'critical',
  cause: 'error_rate is 12 % over 60 s, more than 5 %.',
  verdicts: [
    { stepId: '05-bake-5', sentence: 'all was well' },
    { stepId: '07-bake-20', sentence: 'too many errors' },
  ],
  exposure: { requests: 400, errors: 48 },
  decidedAtMs: 10_000,
  safeAtMs: 10_400,
  cleanAtMs: 12_000,
  difference: null,
  hold: 'sha256:1',
  validation: null,
};

test('the cause comes first, then what the latest watches said', () => {
  expect(analyzeRollback(FACTS).evidence).toEqual([
    'error_rate is 12 % over 60 s, more than 5 %.',
    '07-bake-20: too many errors',
    '05-bake-5: all was well',
  ]);
});

test('times count from the decision; what never came is null', () => {
  expect(analyzeRollback(FACTS)).toMatchObject({ toSafeMs: 400, toCleanMs: 2_000 });
  const stuck = { ...FACTS, safeAtMs: null, cleanAtMs: null };
  expect(analyzeRollback(stuck)).toMatchObject({ toSafeMs: null, toCleanMs: null });
});

test('a long rollout leaves the newest evidence only', () => {
  const verdicts = Array.from({ length: 40 }, (_one, index) => ({
    stepId: `bake-${index}`,
    sentence: 'fine',
  }));
  const { evidence } = analyzeRollback({ ...FACTS, verdicts });
  expect(evidence).toHaveLength(6);
  expect(evidence[1]).toBe('bake-39: fine');
});

import { lineDecisionId, questionNumber, type Asked } from '../../../../src/domain/line/asking';

const asked = (change: Partial<Asked>): Asked => ({
  runId: 'run-1',
  decision: 'yield',
  time: 1,
  atMs: 0,
  isRefused: false,
  ...change,
});

describe('asking the running deployment', () => {
  test('the first question is asked at once', () => {
    expect(questionNumber(null, 0)).toBe(1);
  });

  test('a poll every second is not a question every second', () => {
    expect(questionNumber(asked({}), 29_999)).toBeNull();
  });

  test('without an answer it is the same question again', () => {
    expect(questionNumber(asked({}), 30_000)).toBe(1);
  });

  test('what was refused is asked anew, after pauses that grow to ten minutes', () => {
    const refused = (time: number): Asked => asked({ time, isRefused: true });
    expect(questionNumber(refused(1), 30_000)).toBe(2);
    expect(questionNumber(refused(2), 59_999)).toBeNull();
    expect(questionNumber(refused(2), 60_000)).toBe(3);
    expect(questionNumber(refused(900), 599_999)).toBeNull();
    expect(questionNumber(refused(900), 600_000)).toBe(901);
  });

  test('every worker that asks the same uses the same id', () => {
    const question = { newcomer: 'a', runId: 'r', decision: 'yield', time: 1 } as const;
    expect(lineDecisionId(question)).toBe(lineDecisionId({ ...question }));
    expect(lineDecisionId({ ...question, time: 2 })).not.toBe(lineDecisionId(question));
  });
});

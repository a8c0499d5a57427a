import { judgeAll, lacksData } from '../../../../src/domain/analysis/judge';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, judgeConfig, SECOND_MS, windowAt, windowsOf } from '../support/windows';

function weighted(
  weight: number,
  count: number,
  arms: (number: number) => readonly [candidate: ArmWindow, stable: ArmWindow],
): readonly Window[] {
  return Array.from({ length: count }, (_, number) => ({
    ...windowAt(number, ...arms(number)),
    candidateWeight: weight,
  }));
}

describe('clients that give up', () => {
  const hanging = windowsOf(30, { ...arm(0), abandoned: 5 }, arm(0));
  const patient = { ...judgeConfig().limits, minimumRequests: 0 };

  test('are no pass where nobody got an answer, however few requests the step needs', () => {
    const { verdict } = judgeAll(judgeConfig({ limits: patient }), hanging);
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'unanswered' });
    expect(lacksData(verdict)).toBe(true);
    expect(verdict.sentence).toContain('all who asked gave up before they got an answer');
    expect(verdict.sentence).toContain('150 given up by their clients');
  });

  test('hold nothing where others are answered, and are told', () => {
    const some = windowsOf(30, { ...arm(100), abandoned: 5 }, arm(900));
    const { verdict } = judgeAll(judgeConfig(), some);
    expect(verdict.kind).toBe('safe');
    expect(verdict.sentence).toContain('150 given up by their clients');
  });
});

describe('a starved canary', () => {
  test('is no data once 20 requests were due to it, and never safe', () => {
    const config = judgeConfig({
      limits: { leastMs: 0, longestMs: 60_000, minimumRequests: 0 },
    });
    const starving = weighted(5, 60, () => [arm(0), arm(95)]);
    expect(judgeAll(config, starving.slice(0, 3)).verdict.rule).not.toBe('starved');
    const { verdict } = judgeAll(config, starving.slice(0, 6));
    expect(verdict).toMatchObject({ kind: 'no-data', rule: 'starved' });
    expect(verdict.sentence).toBe(
      'The candidate answered 0 requests where its share of the traffic should have brought about 25, while stable answered 475: nobody can tell how it does.',
    );
    expect(judgeAll(config, starving).verdict.rule).toBe('starved');
  });

  test('is seen where it starves later in the step, too', () => {
    const config = judgeConfig({ criteria: [{ ...ERROR_RATE, durationMs: 30 * SECOND_MS }] });
    const later = weighted(20, 120, (number) => [arm(number < 100 ? 25 : 0), arm(100)]);
    expect(judgeAll(config, later.slice(0, 100)).verdict.kind).toBe('safe');
    expect(judgeAll(config, later).verdict.rule).toBe('starved');
  });

  test('is not one where hardly anybody asks, nor one without weight', () => {
    const quiet = weighted(5, 30, () => [arm(0), arm(1)]);
    expect(judgeAll(judgeConfig(), quiet).verdict.rule).toBe('samples');
    const none = weighted(0, 30, () => [arm(0), arm(100)]);
    expect(judgeAll(judgeConfig(), none).verdict.rule).toBe('samples');
  });
});

describe('a service that hardly anybody asks', () => {
  const config = judgeConfig({
    criteria: [{ ...ERROR_RATE, durationMs: 10 * SECOND_MS, minimumSamples: 20 }],
    limits: { leastMs: 0, longestMs: 600_000, minimumRequests: 50 },
  });

  test('is never safe where its requests fail, though no duration holds enough of them', () => {
    const { verdict } = judgeAll(
      config,
      weighted(50, 60, () => [arm(1, 1), arm(1)]),
    );
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'step:automatic/error_rate' });
    expect(verdict.sentence).toContain(
      '60 of 60 requests in this step failed (100 %, limit 5 %), too few at once for automatic/error_rate to judge',
    );
    expect(lacksData(verdict)).toBe(false);
  });

  test('is safe where they are answered, but for a few', () => {
    const few = weighted(50, 60, (number) => [arm(1, number === 30 ? 1 : 0), arm(1)]);
    expect(judgeAll(config, few).verdict.kind).toBe('safe');
  });
});

describe('the split of the requests', () => {
  test('that is not what the weights say is no data', () => {
    const half = weighted(10, 60, () => [arm(5), arm(95)]);
    const { verdict } = judgeAll(judgeConfig(), half);
    expect(verdict).toMatchObject({ kind: 'no-data', rule: 'split' });
    expect(verdict.sentence).toContain(
      'answered 295 of 5 900 requests (5 %) where its weight means 10 %',
    );
    const double = weighted(10, 60, () => [arm(20), arm(80)]);
    expect(judgeAll(judgeConfig(), double).verdict.rule).toBe('split');
  });

  test('of a router that keeps the weights exactly is never held against it', () => {
    for (const weight of [1, 5, 20, 50, 80, 99]) {
      const exact = weighted(weight, 120, () => [arm(weight), arm(100 - weight)]);
      expect(judgeAll(judgeConfig(), exact).verdict.kind).toBe('safe');
    }
  });

  test.each([
    [50, arm(50, 50), arm(100)],
    [50, arm(100), arm(50, 50)],
    [10, arm(10, 10), arm(100, 0)],
    [90, arm(90, 90), arm(100, 0)],
  ])(
    'may be off by the attempts that failed and were tried again: at %s %%',
    (weight, candidate, stable) => {
      const retried = weighted(weight, 60, () => [candidate, stable]);
      expect(judgeAll(judgeConfig(), retried).verdict.rule).not.toBe('split');
    },
  );

  test('is not looked at while one arm has everything', () => {
    const all = weighted(100, 60, () => [arm(50), arm(50)]);
    expect(judgeAll(judgeConfig(), all).verdict.kind).toBe('safe');
  });

  test('is no matter of a few requests, nor of what was on its way at the shift', () => {
    const few = weighted(50, 60, (number) => [arm(number % 4 === 0 ? 1 : 0), arm(0)]);
    expect(judgeAll(judgeConfig(), few).verdict.rule).toBe('samples');
    const late = weighted(90, 60, (number) => [arm(90), arm(number === 0 ? 2_000 : 10)]);
    expect(judgeAll(judgeConfig(), late).verdict.kind).toBe('safe');
  });
});

describe('a verdict that lacks data', () => {
  test('is one that saw too little, not one that saw something', () => {
    const config = judgeConfig({ criteria: [{ ...ERROR_RATE, durationMs: 10 * SECOND_MS }] });
    expect(lacksData(judgeAll(config, []).verdict)).toBe(true);
    expect(lacksData(judgeAll(config, windowsOf(20, arm(1))).verdict)).toBe(true);
    const holed = windowsOf(14, arm(100)).filter(({ number }) => number !== 8);
    expect(lacksData(judgeAll(config, holed).verdict)).toBe(true);
    expect(
      lacksData(
        judgeAll(
          config,
          weighted(10, 60, () => [arm(0), arm(90)]),
        ).verdict,
      ),
    ).toBe(true);
    expect(lacksData(judgeAll(config, windowsOf(20, arm(100))).verdict)).toBe(false);
    expect(lacksData(judgeAll(config, windowsOf(20, arm(100, 50))).verdict)).toBe(false);
    const shared = windowsOf(20, arm(100, 50), arm(900, 450));
    expect(lacksData(judgeAll(config, shared).verdict)).toBe(false);
  });
});

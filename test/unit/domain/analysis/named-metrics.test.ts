import fc from 'fast-check';
import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { foldReading, judge, judgeAll, openJudge } from '../../../../src/domain/analysis/judge';
import type { JudgeConfig } from '../../../../src/domain/analysis/judge';
import type { Reading } from '../../../../src/domain/analysis/reading';
import type { Verdict } from '../../../../src/domain/analysis/verdict';
import { ERROR_RATE } from '../support/plan-inputs';
import { FEWER_CONVERSIONS, ratio, readingAt, readingsOf } from '../support/readings';
import { arm, judgeConfig, SECOND_MS, windowsOf } from '../support/windows';

const asking = judgeConfig({
  criteria: [FEWER_CONVERSIONS],
  sources: { 'shop-metrics': { resolutionMs: 10 * SECOND_MS, lagMs: 5 * SECOND_MS } },
});
const guarding = withCriterion({ action: 'rollback', id: 'automatic/business_metric_conversion' });

describe('a metric of a source', () => {
  test('is compared with stable over its whole duration, in words a person understands', () => {
    const { verdict } = judged(asking, readingsOf(6, ratio(12, 401), ratio(275, 7_633)));
    expect(verdict.rule).toBe('ask:manual/business_metric_conversion');
    expect(verdict.sentence).toBe(
      'business_metric_conversion is 16.9 % below stable (limit 10 %): 3 % of 2 406 against 3.6 % of 45 798, over the last 60 s: a person decides.',
    );
    expect(verdict.evidence[0]).toMatchObject({
      state: 'breached',
      unit: 'percent',
      comparison: 'relative-to-stable',
      source: 'shop-metrics',
      basis: 'users',
      samples: 2_406,
      baselineSamples: 45_798,
    });
  });

  test('that is as good as stable is clear', () => {
    const { verdict } = judged(asking, readingsOf(6, ratio(14, 400), ratio(275, 7_633)));
    expect(verdict.kind).toBe('safe');
    expect(verdict.evidence[0]).toMatchObject({ state: 'clear' });
  });

  test('means harm where it is a guard, at the window in which its duration ended', () => {
    const { verdict } = judged(guarding, readingsOf(6, ratio(1, 401), ratio(275, 7_633)));
    expect(verdict).toMatchObject({ kind: 'harm', window: 59 });
  });

  test('is held against its own threshold where it is absolute, and excused where stable breaches it too', () => {
    const config = withCriterion({ action: 'rollback', comparison: 'absolute', threshold: 3 });
    const bad = judged(config, readingsOf(6, ratio(8, 400), ratio(275, 7_633)));
    expect(bad.verdict.kind).toBe('harm');
    expect(bad.verdict.sentence).toBe(
      'business_metric_conversion was 2 % (limit 3 %) over 2 400 samples in the last 60 s; stable 3.6 % of 45 798.',
    );
    const shared = judged(config, readingsOf(6, ratio(8, 400), ratio(75, 7_633)));
    expect(shared.verdict).toMatchObject({ kind: 'not-yet', rule: 'shared' });
  });

  test('is excused by stable also where one reading of stable is missing', () => {
    const config = withCriterion({ action: 'rollback', comparison: 'absolute', threshold: 3 });
    const readings = readingsOf(6, ratio(8, 400), ratio(75, 7_633)).map((reading) =>
      reading.number === 3 ? { ...reading, arms: { ...reading.arms, stable: null } } : reading,
    );
    expect(judged(config, readings).verdict).toMatchObject({ kind: 'not-yet', rule: 'shared' });
  });

  test('whose source does not show stable, which serves, is no pass', () => {
    const { verdict } = judged(guarding, readingsOf(6, ratio(14, 400), null));
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'gap' });
    expect(verdict.sentence).toContain('shop-metrics has not shown stable, which serves');
  });

  test('has nobody to be compared with where stable serves nobody', () => {
    const alone = windowsOf(60, arm(100), arm(0)).map((window) => ({
      ...window,
      candidateWeight: 100,
    }));
    const { verdict } = judgeAll(guarding, alone, readingsOf(6, ratio(14, 400), null));
    expect(verdict.kind).toBe('safe');
    expect(verdict.evidence[0]).toMatchObject({
      state: 'too-few',
      reason: 'no sample of stable beside the candidate',
    });
  });

  test('of values is their mean, weighted by samples', () => {
    const value = (mean: number, samples: number) => ({
      kind: 'value' as const,
      value: mean,
      samples,
    });
    const readings = readingsOf(6, null, null).map((_, number) =>
      readingAt(number, number === 0 ? value(10, 500) : value(20, 100), value(20, 900)),
    );
    const { verdict } = judged(guarding, readings);
    expect(verdict.evidence[0]).toMatchObject({ own: { value: 15, unit: 'number' }, value: -25 });
    expect(verdict.sentence).toContain('15 of 1 000 against 20 of 5 400');
  });

  test.each([
    [
      'a reading is missing',
      readingsOf(7, ratio(0, 400), ratio(275, 7_633)).filter((one) => one.number !== 3),
    ],
    ['the candidate is missing in one', holed('candidate')],
    ['stable is missing in one', holed('stable')],
    ['too few readings came yet', readingsOf(5, ratio(0, 400), ratio(275, 7_633))],
    ['it is of two kinds', mixedKinds()],
  ])('says nothing where %s', (_why, readings) => {
    const { verdict } = judged(guarding, readings);
    expect(verdict.kind).not.toBe('harm');
    expect(verdict.kind).not.toBe('safe');
    expect(verdict.evidence[0]).toMatchObject({ state: 'incomplete', value: null });
  });

  test.each([
    { candidate: ratio(10, 400), stable: ratio(0, 7_633), words: 'stable is at 0' },
    { candidate: ratio(10, 400), stable: ratio(1, 3), words: 'too few samples of stable' },
    { candidate: ratio(10, 400), stable: ratio(0, 0), words: 'no sample of stable' },
    {
      candidate: ratio(0, 3),
      stable: ratio(275, 7_633),
      words: 'too few samples of the candidate',
    },
  ])('is neither breached nor clear, and says why: $words', ({ candidate, stable, words }) => {
    const { verdict } = judged(guarding, readingsOf(6, candidate, stable));
    expect(verdict.kind).not.toBe('harm');
    expect(verdict.evidence[0]).toMatchObject({ state: 'too-few', value: null });
    expect(verdict.sentence).toContain(`could not be compared: ${words}`);
  });

  test('whose source went silent keeps the step from being safe, and says since when', () => {
    const { verdict } = judgeAll(
      asking,
      windowsOf(120, arm(100), arm(900)),
      readingsOf(6, ratio(14, 400), ratio(275, 7_633)),
    );
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'gap' });
    expect(verdict.evidence[0]?.state).toBe('incomplete');
    expect(verdict.sentence).toContain('shop-metrics has shown nothing for 1 m');
  });

  test('whose source never said anything keeps a step from being safe that is shorter than its duration', () => {
    const windows = windowsOf(40, arm(100), arm(900));
    const { verdict } = judgeAll(asking, windows);
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'gap' });
    expect(verdict.sentence).toContain('shop-metrics has shown nothing for 40 s');
  });

  test('is judged the same whether its readings come before the windows or after them', () => {
    const readings = readingsOf(6, ratio(1, 401), ratio(275, 7_633));
    const windows = windowsOf(60, arm(100), arm(900));
    const first = windows.reduce(
      (state, window) => judge(guarding, state, window).state,
      openJudge(guarding),
    );
    const folded = readings
      .toReversed()
      .reduce((state, one) => foldReading(guarding, state, one), first);
    expect(folded).toEqual(judgeAll(guarding, windows, readings).state);
  });
});

describe('properties of readings', () => {
  const sampleArb = fc.option(
    fc
      .tuple(fc.nat(40), fc.integer({ min: 40, max: 200 }))
      .map(([events, of]) => ratio(events, of)),
    { freq: 8 },
  );
  const readingsArb = fc
    .array(fc.tuple(sampleArb, sampleArb), { minLength: 1, maxLength: 12 })
    .map((arms) => arms.map(([candidate, stable], number) => readingAt(number, candidate, stable)));
  const mixedArb = readingsArb.chain((readings) =>
    fc
      .shuffledSubarray([...readings, ...readings], { minLength: readings.length })
      .map((some) => ({ readings, mixed: [...some, ...readings.toReversed()] })),
  );
  const windows = windowsOf(125, arm(100), arm(900));

  test('the verdict does not depend on their order, nor on how often each comes', () => {
    fc.assert(
      fc.property(mixedArb, fc.constantFrom(asking, guarding), ({ readings, mixed }, by) => {
        const straight = judgeAll(by, windows, readings);
        expect(judgeAll(by, windows, mixed)).toEqual(straight);
        const folded = mixed.reduce(
          (state, one) => foldReading(by, state, one),
          judgeAll(by, windows).state,
        );
        expect(folded).toEqual(straight.state);
      }),
    );
  });

  test('one that is missing in the last duration is never a pass', () => {
    fc.assert(
      fc.property(readingsArb, fc.nat(4), (readings, back) => {
        const twelve = [
          ...readings,
          ...readingsOf(12, ratio(9, 200), ratio(9, 200)).slice(readings.length),
        ];
        const holed = twelve.filter(({ number }) => number !== 10 - back);
        expect(judgeAll(asking, windows, holed).verdict.kind).not.toBe('safe');
      }),
    );
  });
});

describe('a metric of the target, relative to stable', () => {
  const relative: Criterion = {
    ...ERROR_RATE,
    comparison: 'relative-to-stable',
    threshold: 50,
    durationMs: 10 * SECOND_MS,
  };
  const config = judgeConfig({ criteria: [relative] });

  test('is harm where the candidate fails so much more often than stable', () => {
    const { verdict } = judgeAll(config, windowsOf(10, arm(100, 3), arm(900, 9)));
    expect(verdict.kind).toBe('harm');
    expect(verdict.sentence).toBe(
      'error_rate is 200 % above stable (limit 50 %): 3 % of 1 000 against 1 % of 9 000, over the last 10 s.',
    );
    expect(judgeAll(config, windowsOf(10, arm(100, 1), arm(900, 9))).verdict.kind).toBe('safe');
  });

  test('is held against one of N where stable never failed: a failing candidate is no pass', () => {
    const { verdict } = judgeAll(config, windowsOf(10, arm(100, 3), arm(900)));
    expect(verdict.evidence[0]).toMatchObject({ state: 'breached', baseline: 0 });
    expect(verdict.evidence[0]?.value).toBeCloseTo(100 * (3 / (100 / 9_000) - 1), 3);
    const neither = judgeAll(config, windowsOf(10, arm(100), arm(900)));
    expect(neither.verdict.kind).toBe('safe');
  });

  test('a step that saw enough requests says which criteria could not be judged', () => {
    const unjudged = { ...config, criteria: [{ ...config.criteria[0]!, minimumSamples: 1e6 }] };
    const { verdict } = judgeAll(unjudged, windowsOf(10, arm(100), arm(900)));
    expect(verdict.sentence).toContain('No criterion saw enough to be judged (');
  });
});

/** The readings with a minute of healthy windows beside them. */
function judged(config: JudgeConfig, readings: readonly Reading[]): { readonly verdict: Verdict } {
  return judgeAll(config, windowsOf(60, arm(100), arm(900)), readings);
}

function withCriterion(changes: Partial<Criterion>): JudgeConfig {
  return { ...asking, criteria: [{ ...FEWER_CONVERSIONS, ...changes }] };
}

function holed(missing: 'candidate' | 'stable'): readonly Reading[] {
  return readingsOf(6, ratio(0, 400), ratio(275, 7_633)).map((reading) =>
    reading.number === 3 ? { ...reading, arms: { ...reading.arms, [missing]: null } } : reading,
  );
}

function mixedKinds(): readonly Reading[] {
  return readingsOf(6, ratio(0, 400), ratio(275, 7_633)).map((reading) =>
    reading.number === 3
      ? readingAt(3, { kind: 'value', value: 3, samples: 400 }, ratio(275, 7_633))
      : reading,
  );
}

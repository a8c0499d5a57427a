import { figuresOf, GOALS, type MeasuredRun } from '../../../bench/detect/figures.mjs';
import { remarksOf, sentenceOf } from '../../../bench/detect/remarks.mjs';

function aRun(key: string, change: Partial<MeasuredRun> = {}): MeasuredRun {
  const well = { outcome: 'rolled-back', offMs: 9_000, exposed: 50, afterOff: 0 };
  return { kind: { key }, ...well, wasOn: true, isDisturbed: false, ...change };
}

const good = (change: Partial<MeasuredRun> = {}): MeasuredRun =>
  aRun('Healthy', { outcome: 'succeeded', offMs: null, exposed: 0, ...change });

function figures(
  runs: readonly MeasuredRun[],
  specRuns: readonly MeasuredRun[] = [],
): Readonly<Record<string, number | null>> {
  const cpu = { evaluationCpuUs: 18.4567, specEvaluationCpuUs: null };
  return figuresOf({ runs, specRuns, requests: 1_000, ...cpu });
}

describe('the figures of detection', () => {
  it('are the middle and the worst of each kind', () => {
    const runs = [8_000, 9_000, 14_000].map((offMs) =>
      aRun('500', { offMs, exposed: offMs / 100 }),
    );
    expect(figures([...runs, aRun('Exits', { offMs: 6_000, exposed: 2 }), good()])).toMatchObject({
      runs: 5,
      offMs500P50: 9_000,
      offMs500Max: 14_000,
      exposed500P50: 90,
      exposed500Max: 140,
      offMsExitsP50: 6_000,
      exposedExitsMax: 2,
      offMsSlowP50: null,
      exposed: 140,
      undetected: 0,
      healthy: 1,
      falseRollbacks: 0,
      evaluationCpuUs: 18.5,
      specOffMs500P50: null,
      specEvaluationCpuUs: null,
    });
  });

  it('count a disturbed run apart, and show the slowest of them', () => {
    const disturbed = aRun('500', { offMs: 40_000, isDisturbed: true });
    expect(figures([aRun('500'), disturbed])).toMatchObject({
      runs: 2,
      offMs500Max: 9_000,
      disturbed: 1,
      disturbedOffMsMax: 40_000,
    });
  });

  it('count a good candidate that was taken back even where something disturbed it', () => {
    const back = good({ outcome: 'rolled-back', isDisturbed: true });
    expect(figures([back, good()])).toMatchObject({ healthy: 2, falseRollbacks: 1 });
  });

  it.each([
    ['reached everybody', { outcome: 'succeeded', offMs: null }],
    ['was never seen to be bad', { offMs: null }],
  ])('count a bad candidate that %s, disturbed or not', (_, change) => {
    expect(figures([aRun('Slow', { ...change, isDisturbed: true })])).toMatchObject({
      undetected: 1,
    });
  });

  it('leave out what ended before it got any traffic, and say how often that was', () => {
    const unstarted = { wasOn: false, offMs: null, outcome: 'rolled-back' };
    expect(figures([aRun('500', unstarted), good(unstarted), good()])).toMatchObject({
      runs: 1,
      unstarted: 2,
      undetected: 0,
      healthy: 1,
      falseRollbacks: 0,
    });
  });

  it('keep the two sets of criteria apart', () => {
    const spec = aRun('Errors', { offMs: 61_000, exposed: 24 });
    expect(figures([aRun('Errors')], [spec, good({ outcome: 'rolled-back' })])).toMatchObject({
      offMsErrorsP50: 9_000,
      falseRollbacks: 0,
      specRuns: 2,
      specOffMsErrorsP50: 61_000,
      specExposedErrorsMax: 24,
      specFalseRollbacks: 1,
    });
  });

  it('are held to the goals of the crash kinds', () => {
    expect(GOALS).toEqual({
      offMs500P50: { max: 15_000 },
      offMsExitsP50: { max: 15_000 },
      undetected: { max: 0 },
      falseRollbacks: { max: 0 },
      evaluationCpuUs: { max: 999.999 },
    });
    expect(Object.keys(figures([]))).toEqual(expect.arrayContaining(Object.keys(GOALS)));
  });
});

describe('what is said of a run', () => {
  const run = {
    label: 'demo-slow-1',
    kind: { key: 'Slow' },
    outcome: 'rolled-back',
    cause: 'too slow',
    deployment: 'shop-1-bench-1',
    rule: 'guard:automatic/response_time_p95',
    offMs: 7_250,
    exposed: 52,
    stalledMs: 40,
    wasOn: true,
    wasAsked: false,
    isDisturbed: false,
    isExpected: true,
  };

  it('is when it was off, who had a part of it, and by which rule', () => {
    expect(sentenceOf(run)).toBe(
      'demo-slow-1: rolled-back, off after 7.3 s, 52 exposed (guard:automatic/response_time_p95)',
    );
  });

  it('names what disturbed it, and what did not go as it should, with the deployment', () => {
    const late = { ...run, isDisturbed: true, stalledMs: 2_100, isExpected: false, offMs: null };
    expect(sentenceOf(late)).toMatch(
      /never off.*disturbed: it stood still for 2100 ms; NOT AS EXPECTED: too slow, shop-1-bench-1$/,
    );
  });

  it('is short where a good one went its way', () => {
    const good = { ...run, kind: { key: 'Healthy' }, label: 'demo-none-1', outcome: 'succeeded' };
    expect(sentenceOf(good)).toBe('demo-none-1: succeeded');
  });

  it('begins with how many services there were at once', () => {
    const [terms] = remarksOf({ laneCount: 5, rate: 100, machine: '2 processors' });
    expect(terms).toMatch(/^5 services at once .* 100 requests a second/);
  });
});

import {
  rejudge,
  type PastRecord,
  type PastStep,
} from '../../../../src/domain/rejudgement/rejudge';
import { summarizeRejudgement } from '../../../../src/domain/rejudgement/summarize-rejudgement';
import { aCriterion, anArm, at, aWindow } from '../../cli/report-samples';

const step = (change: Partial<PastStep> = {}): PastStep => ({
  id: '04-bake-10',
  place: 'at 10 %',
  startedAtMs: at(0),
  endedAtMs: at(20),
  limits: { leastMs: 5_000, longestMs: 60_000, minimumRequests: 20 },
  then: null,
  ...change,
});
const second = step({ id: '06-bake-50', place: 'at 50 %', startedAtMs: at(20), endedAtMs: at(40) });

/** 40 s of 10 candidate requests a second; from then on so many of them fail. */
function record(
  fails: { from: number; errors: number } | null,
  steps = [step(), second],
): PastRecord {
  const windows = Array.from({ length: 40 }, (_, at) => {
    const errors = fails !== null && at >= fails.from ? fails.errors : 0;
    return aWindow(at, {
      arms: { candidate: anArm({ requests: 10, errors }), stable: anArm({ requests: 90 }) },
    });
  });
  return { steps, windows, readings: [] };
}

const rules = (durationMs: number) => ({ criteria: [aCriterion({ durationMs })], sources: {} });

describe('a past deployment under other rules', () => {
  test('goes back at the first window that completes a breach, and the later steps are not reached', () => {
    const judged = rejudge(record({ from: 10, errors: 5 }), rules(3_000));
    expect(judged.map(({ now, afterMs, place }) => [now?.kind ?? null, afterMs, place])).toEqual([
      ['harm', 11_000, 10],
      [null, null, null],
    ]);
  });

  test('a longer duration sees the same later', () => {
    const [, judged] = rejudge(record({ from: 20, errors: 1 }), rules(10_000));
    expect([judged!.now?.kind, judged!.afterMs]).toEqual(['harm', 6_000]);
  });

  test('a step is safe at the first window at which it was', () => {
    const judged = rejudge(record(null), rules(3_000));
    expect(judged.map(({ now, afterMs }) => [now?.kind, afterMs])).toEqual([
      ['safe', 5_000],
      ['safe', 5_000],
    ]);
  });

  test('harm after that, under the same weight, outranks it', () => {
    const [judged] = rejudge(record({ from: 15, errors: 10 }), rules(3_000));
    expect([judged!.now?.kind, judged!.afterMs]).toEqual(['harm', 16_000]);
  });

  test('a step that asks for more than was recorded is not yet safe', () => {
    const limits = { leastMs: 60_000, longestMs: 180_000, minimumRequests: 20 };
    const [judged] = rejudge(record(null, [step({ limits })]), rules(3_000));
    expect(judged!.now).toMatchObject({ kind: 'not-yet', rule: 'least-time' });
  });

  test('a step without a window is no data, never a pass', () => {
    const [judged] = rejudge({ ...record(null), windows: [] }, rules(3_000));
    expect(judged!.now?.kind).toBe('no-data');
    expect([judged!.place, judged!.afterMs]).toEqual([null, null]);
  });

  describe('with a source of its own', () => {
    const criterion = aCriterion({
      id: 'automatic/business_metric_conversion',
      metric: 'business_metric_conversion',
      source: 'shop-metrics',
      comparison: 'relative-to-stable',
      badWhen: 'below',
      threshold: -10,
      durationMs: 10_000,
    });
    const readings = [0, 1, 2].map((number) => ({
      source: 'shop-metrics',
      number: at(number * 10) / 10_000,
      fromMs: at(number * 10),
      intervalMs: 10_000,
      arms: {
        candidate: {
          business_metric_conversion: { kind: 'ratio', events: number === 1 ? 1 : 10, of: 100 },
        },
        stable: { business_metric_conversion: { kind: 'ratio', events: 100, of: 1_000 } },
      } as const,
    }));
    const sources = {
      'shop-metrics': { resolutionMs: 10_000, lagMs: 0 },
      'day-report': { resolutionMs: 300_000, lagMs: 0 },
    };
    const arms = { candidate: null, stable: null };
    const long = { source: 'day-report', number: 0, fromMs: at(0), intervalMs: 300_000, arms };

    test.each([
      ['readings are seen when their window is over', readings],
      ['a longer window of another source holds up none of them', [long, ...readings]],
    ])('%s', (_name, seen) => {
      const past = { ...record(null), readings: seen };
      const [judged] = rejudge(past, { criteria: [criterion], sources });
      expect([judged!.now?.kind, judged!.afterMs]).toEqual(['harm', 20_000]);
    });
  });
});

describe('the summary', () => {
  const harmed = rejudge(record({ from: 10, errors: 5 }), rules(3_000));
  const late = rejudge(record({ from: 30, errors: 5 }), rules(3_000));
  const fine = rejudge(record(null), rules(3_000));

  test.each([
    ['It would have rolled back at 10 % after 11 s; it did so after 18 s.', harmed, at(18)],
    ['It would have rolled back at 10 % after 11 s; it did so at 50 % after 14 s.', harmed, at(34)],
    ['It would have rolled back at 50 % after 11 s; it went live.', late, null],
    ['It would not have rolled back; it rolled back at 50 % after 14 s.', fine, at(34)],
    ['It would not have rolled back; it went live.', fine, null],
  ])('%s', (expected, steps, backAtMs) => {
    expect(summarizeRejudgement(steps, { backAtMs, words: 'it went live' })).toBe(expected);
  });

  test('says where the verdict would have been something else than safe', () => {
    const limits = { leastMs: 60_000, longestMs: 180_000, minimumRequests: 20 };
    const steps = rejudge(record(null, [step({ limits })]), rules(3_000));
    expect(summarizeRejudgement(steps, { backAtMs: null, words: 'it went live' })).toBe(
      'It would not have rolled back by itself; at 10 % the verdict would have been not-yet; it went live.',
    );
  });
});

import fc from 'fast-check';
import { upperBoundMs } from '../../../../src/domain/analysis/histogram';
import {
  aConfig,
  aFile,
  aGuard,
  anArm,
  aWindow,
  BEGIN_MS,
  failing,
  judged,
  LENGTH_MS,
  windows,
} from './recordings';

const breaking = (place: number) => (place >= 4 ? failing(20) : {});

describe('a verdict on recorded windows', () => {
  test('harm at the window whose end completed the breach, and it stays', () => {
    expect(
      judged(aFile(windows(12, (place) => (place >= 4 && place < 9 ? failing(20) : {})))),
    ).toMatchObject({
      verdict: 'harm',
      window: 4,
      rule: 'guard:automatic/error_rate',
    });
  });

  test('safe at the first window from which on it was', () => {
    expect(judged(aFile(windows(12)))).toMatchObject({ verdict: 'safe', window: 5, rule: 'clear' });
  });

  test('not yet, at the last window, before the least time and the least requests', () => {
    expect(judged(aFile(windows(3)))).toMatchObject({
      verdict: 'not-yet',
      window: 2,
      rule: 'least-time',
    });
    const many = aConfig({ minCanaryRequests: 5_000 });
    expect(judged(aFile(windows(12), many))).toMatchObject({ verdict: 'not-yet', rule: 'samples' });
  });

  test('no data without a window, and where the last one does not show the canary', () => {
    expect(judged(aFile([]))).toMatchObject({ verdict: 'no-data', window: null });
    const blind = windows(12, (place) => (place === 11 ? { arms: null } : {}));
    expect(judged(aFile(blind))).toMatchObject({ verdict: 'no-data', window: 11 });
  });

  test('the sentence says what was seen, of how many, against what limit, for how long', () => {
    const { sentence } = judged(aFile(windows(12, breaking)));
    expect(sentence).toBe(
      '20 of 300 requests failed (6.7 %, limit 5 %) in the last 30 s; stable 0.11 % of 2 700.',
    );
  });

  test('what a deployment would do is said once the longest time is over', () => {
    const config = (onNoData: string) =>
      aConfig({ maxDwellMs: 60_000, minCanaryRequests: 5_000, onNoData });
    expect(judged(aFile(windows(12), config('hold'))).sentence).toContain(
      'a person would be asked',
    );
    expect(judged(aFile(windows(12), config('rollback'))).sentence).toContain('it would go back');
  });

  test('a guard that asks is not yet, with the question', () => {
    const config = aConfig({ guards: [aGuard({ action: 'ask' })] });
    expect(judged(aFile(windows(12, breaking), config))).toMatchObject({
      verdict: 'not-yet',
      rule: 'ask:manual/error_rate',
    });
  });

  test('an incident that baseline shares is not held against the canary', () => {
    const shared = { arms: { canary: anArm(100, 20), baseline: anArm(900, 180) } };
    expect(judged(aFile(windows(12, () => shared)))).toMatchObject({
      verdict: 'not-yet',
      rule: 'shared',
    });
    const both = aConfig({ guards: [aGuard({ alsoWhenBaselineBreaches: true })] });
    expect(
      judged(
        aFile(
          windows(12, () => shared),
          both,
        ),
      ),
    ).toMatchObject({ verdict: 'harm' });
  });

  test('windows of any length count, on a grid or not', () => {
    const minute = (place: number) => ({
      from: 1_007 + place * 60_000,
      to: 1_007 + (place + 1) * 60_000,
      ...failing(20),
    });
    expect(judged(aFile(windows(3, minute)))).toMatchObject({ verdict: 'harm', window: 0 });
    const jitter = (place: number) => ({
      from: BEGIN_MS + place * (LENGTH_MS + 300),
      to: BEGIN_MS + place * (LENGTH_MS + 300) + LENGTH_MS,
    });
    expect(judged(aFile(windows(12, jitter)))).toMatchObject({ verdict: 'safe', window: 5 });
  });

  test('the same recording gives the same verdict, byte for byte', () => {
    const file = aFile(windows(12, breaking));
    expect(JSON.stringify(judged(file))).toBe(JSON.stringify(judged(file)));
  });

  test('latency guards take our buckets, or our boundaries', () => {
    const guards = [aGuard({ metric: 'response_time_p95', threshold: 500 })];
    const bounds = Array.from({ length: 129 }, (_, bucket) => upperBoundMs(bucket));
    const slow = bounds.map((bound) => (bound > 800 && bound < 900 ? 100 : 0));
    const latencies = [
      [[78, 100]],
      { buckets: [[78, 100]] },
      { bounds, counts: slow },
      { bounds: bounds.slice(0, 128), counts: [...slow.slice(0, 128), 0] },
      { bounds: bounds.slice(60, 90), counts: slow.slice(60, 90) },
    ];
    for (const latency of latencies) {
      const arms = { canary: anArm(100, 0, { latency }), baseline: anArm(900, 0) };
      const verdict = judged(
        aFile(
          windows(12, () => ({ arms })),
          aConfig({ guards }),
        ),
      );
      expect(verdict).toMatchObject({ verdict: 'harm', rule: 'guard:automatic/response_time_p95' });
    }
  });

  test.each([
    ['by bucket', { '40': 90, '100': 10 }],
    ['by bucket, under buckets', { buckets: { '40': 90, '100': 10 } }],
  ])('a sparse histogram may be an object %s', (_, latency) => {
    const guards = [aGuard({ metric: 'response_time_p99', threshold: 5_000 })];
    const canary = { requests: 100, errors: 0, latency };
    const all = windows(12, () => ({ arms: { canary, baseline: anArm(900) } }));
    expect(judged(aFile(all, aConfig({ guards })))).toMatchObject({ verdict: 'harm' });
  });

  test('metrics of the user count as shares of the requests or as values, and relative to baseline', () => {
    const guards = [
      aGuard({
        metric: 'business_metric_conversion',
        op: '<',
        threshold: -10,
        kind: 'relativeToBaseline',
      }),
    ];
    const counted = (conversions: number) => ({
      arms: {
        canary: anArm(100, 0, { counters: { business_metric_conversion: conversions } }),
        baseline: anArm(900, 0, { counters: { business_metric_conversion: 90 } }),
      },
    });
    expect(
      judged(
        aFile(
          windows(12, () => counted(5)),
          aConfig({ guards }),
        ),
      ),
    ).toMatchObject({
      verdict: 'harm',
      window: 2,
      evidence: [{ value: -50 }],
    });
    expect(
      judged(
        aFile(
          windows(12, () => counted(10)),
          aConfig({ guards }),
        ),
      ),
    ).toMatchObject({ verdict: 'safe' });
    const gauge = [
      aGuard({ metric: 'custom_queue_length', op: '>', threshold: 30, kind: 'absolute' }),
    ];
    const arms = { canary: anArm(100, 0, { gauges: { custom_queue_length: 40 } }), baseline: null };
    expect(
      judged(
        aFile(
          windows(12, () => ({ arms })),
          aConfig({ guards: gauge }),
        ),
      ),
    ).toMatchObject({ verdict: 'harm' });
  });

  test('health checks count for availability', () => {
    const guards = [aGuard({ metric: 'availability', op: '<', threshold: 95 })];
    const counters = { health_checks_passed: 1, health_checks_failed: 4 };
    const arms = { canary: anArm(100, 0, { counters }), baseline: anArm(900) };
    expect(
      judged(
        aFile(
          windows(12, () => ({ arms })),
          aConfig({ guards }),
        ),
      ),
    ).toMatchObject({ verdict: 'harm' });
  });
});

describe('what cannot be true never passes and never breaks', () => {
  const spoilt = (change: object) => windows(12, (place) => (place === 3 ? { ...change } : {}));
  const arm = (change: object) =>
    spoilt({ arms: { canary: anArm(100, 0, { ...change }), baseline: anArm(900) } });

  test.each([
    ['requests that are null', arm({ requests: null })],
    ['NaN as a text', arm({ requests: 'NaN' })],
    ['infinite requests', arm({ requests: 'Infinity' })],
    ['negative requests, as of a counter that went back', arm({ requests: -5 })],
    ['half a request', arm({ requests: 99.5 })],
    ['more errors than requests', arm({ errors: 101 })],
    ['more latencies than requests', arm({ latency: [[40, 101]] })],
    ['a negative count of latencies', arm({ latency: [[40, -1]] })],
    ['a bucket that we do not have', arm({ latency: [[129, 1]] })],
    [
      'other boundaries',
      arm({ latency: { bounds: [5, 10, 25, 50, 100], counts: [1, 2, 3, 4, 5] } }),
    ],
    [
      'boundaries that leave some of ours out',
      arm({ latency: { bounds: [0.5, 0.605], counts: [1, 2] } }),
    ],
    ['a negative counter', arm({ counters: { business_metric_conversion: -1 } })],
    ['a gauge that is null', arm({ gauges: { custom_queue_length: null } })],
    ['a time that is null', spoilt({ from: null })],
    ['a time that is no date', spoilt({ from: 1e300, to: 2e300 })],
    [
      'a window that ends before it begins',
      spoilt({ from: BEGIN_MS + 40_000, to: BEGIN_MS + 30_000 }),
    ],
    ['a window of another length', spoilt({ to: BEGIN_MS + 45_000 })],
    ['a clock that jumped back', spoilt({ from: BEGIN_MS + 13_000, to: BEGIN_MS + 23_000 })],
    ['a share above 1', spoilt({ expectedShare: 10 })],
    ['a negative share', spoilt({ expectedShare: -0.1 })],
    ['two stories of the same time', [...windows(12), aWindow(3, failing(1))]],
  ])('%s', (_, all) => {
    const { verdict, rule, sentence } = judged(aFile(all));
    expect([verdict, rule]).toEqual(['no-data', 'unsound']);
    expect(sentence).toMatch(/windows\[\d+\]/);
  });

  test('what is no number is named as it stands there, once', () => {
    const { sentence } = judged(aFile(arm({ requests: 'NaN' })));
    expect(sentence).toContain('One figure of 12 windows');
    expect(sentence).toContain('windows[3].arms.canary.requests is NaN');
  });

  test('a canary or a baseline that nobody saw leaves a gap, however many windows stand around it', () => {
    const gap = spoilt({ arms: { canary: null, baseline: anArm(900) } });
    expect(judged(aFile(gap.slice(0, 6)))).toMatchObject({ verdict: 'not-yet' });
    const never = windows(12, () => ({ arms: { canary: null, baseline: anArm(900) } }));
    expect(judged(aFile(never))).toMatchObject({ verdict: 'no-data' });
  });

  test('harm that was seen stands beside figures that cannot be true', () => {
    const all = windows(12, (place) => (place === 0 ? { from: null } : breaking(place)));
    expect(judged(aFile(all))).toMatchObject({ verdict: 'harm', window: 4 });
  });

  test('a breach with a gap in its duration is none', () => {
    const holes = windows(12, (place) => (place % 2 === 0 ? failing(20) : { arms: null }));
    expect(judged(aFile(holes)).verdict).not.toBe('harm');
  });

  test('a guard that never saw its metric never passes', () => {
    const guards = [aGuard({ metric: 'response_time_p99', threshold: 1_000 })];
    const arms = {
      canary: anArm(100, 0, { latency: null }),
      baseline: anArm(900, 0, { latency: null }),
    };
    expect(
      judged(
        aFile(
          windows(12, () => ({ arms })),
          aConfig({ guards }),
        ),
      ),
    ).toMatchObject({
      verdict: 'no-data',
      sentence: expect.stringContaining('automatic/response_time_p99') as string,
    });
    const named = [aGuard({ metric: 'custom_queue_length', op: '>', kind: 'absolute' })];
    expect(judged(aFile(windows(12), aConfig({ guards: named }))).verdict).not.toBe('safe');
  });

  test('a guard whose duration is longer than the recording never passes', () => {
    const config = (durationSec: number) => aConfig({ guards: [aGuard({ durationSec })] });
    const failingAll = windows(12, () => failing(50));
    for (const all of [windows(12), failingAll]) {
      expect(judged(aFile(all, config(3_600)))).toMatchObject({ verdict: 'not-yet', rule: 'gap' });
    }
    expect(judged(aFile(windows(12), config(3_600))).sentence).toContain('looks at 1 h');
    expect(judged(aFile(windows(12), config(90)))).toMatchObject({ verdict: 'safe', window: 8 });
  });

  test.each([
    ['a baseline that was not observed', null, 10],
    ['a baseline without a request', anArm(0), 10],
    ['a baseline that never failed, beside a canary that does', anArm(900), 10],
  ])('a guard relative to %s never passes', (_, baseline, errors) => {
    const guards = [aGuard({ kind: 'relativeToBaseline', threshold: 10 })];
    const all = windows(12, () => ({ arms: { canary: anArm(100, errors), baseline } }));
    expect(judged(aFile(all, aConfig({ guards }))).verdict).not.toBe('safe');
  });

  test('neither arm failing is no rise, for a guard relative to baseline', () => {
    const guards = [aGuard({ kind: 'relativeToBaseline', threshold: 10 })];
    const all = windows(12, () => ({ arms: { canary: anArm(100), baseline: anArm(900) } }));
    expect(judged(aFile(all, aConfig({ guards })))).toMatchObject({ verdict: 'safe' });
  });

  test('a guard with fewer samples than it needs never passes, and says of how many', () => {
    const guards = [aGuard({ minimumSamples: 1_000 })];
    expect(judged(aFile(windows(12), aConfig({ guards })))).toMatchObject({
      verdict: 'not-yet',
      rule: 'samples',
      sentence: 'Not yet: automatic/error_rate has only 300 of 1 000 samples in the last 30 s.',
    });
  });

  test.each([
    ['business_metric_conversoin', 'did you mean business_metric_conversion?'],
    ['custom_refunds', 'counted are business_metric_conversion, visits'],
  ])('a metric that no window has, %s, is no data, with what was counted', (metric, words) => {
    const guards = [aGuard({ metric, op: '<', threshold: -10, kind: 'relativeToBaseline' })];
    const counters = { business_metric_conversion: 5, visits: 100 };
    const arm = anArm(100, 0, { counters });
    const all = windows(12, () => ({ arms: { canary: arm, baseline: anArm(900) } }));
    const { verdict, rule, sentence } = judged(aFile(all, aConfig({ guards })));
    expect({ verdict, rule }).toEqual({ verdict: 'no-data', rule: 'no-data' });
    expect(sentence).toContain(words);
  });

  test('a canary that gets no requests beside a busy baseline is never safe', () => {
    const arms = { canary: anArm(0), baseline: anArm(900) };
    const config = aConfig({ minCanaryRequests: 0 });
    expect(
      judged(
        aFile(
          windows(12, () => ({ arms })),
          config,
        ),
      ).verdict,
    ).toBe('no-data');
  });

  test('windows out of order or twice change neither verdict nor place in time', () => {
    const all = windows(12, breaking);
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 24 }), (shuffled) => {
        const { window, ...rest } = judged(aFile(shuffled));
        const { window: sorted, ...expected } = judged(aFile(all));
        expect(rest).toEqual(expected);
        expect(shuffled[window!]).toEqual(all[sorted!]);
      }),
      { numRuns: 30 },
    );
    expect(judged(aFile([...windows(3), ...windows(3), ...windows(3)]))).toMatchObject({
      rule: 'least-time',
    });
  });

  test('no figures at all can break it or make it pass', () => {
    const figure = fc.oneof(
      fc.constantFrom(null, 'NaN', -1, 1e308, 0.5, 2 ** 53, -0, '1'),
      fc.integer({ min: -5, max: 500 }),
    );
    const anyArm = fc.option(
      fc.record({
        requests: figure,
        errors: figure,
        latency: fc.constantFrom([[40, 10]], { bounds: [1], counts: [3] }, null),
      }),
    );
    const anyWindow = fc.record({
      from: figure,
      to: figure,
      arms: fc.record({ canary: anyArm, baseline: anyArm }),
      expectedShare: figure,
    });
    fc.assert(
      fc.property(fc.array(anyWindow, { maxLength: 20 }), (all) => {
        expect(judged(aFile(all)).verdict).not.toBe('safe');
      }),
      { numRuns: 300 },
    );
  });
});

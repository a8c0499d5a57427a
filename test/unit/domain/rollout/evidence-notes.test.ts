import fc from 'fast-check';
import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { SPECIFICATION_THRESHOLDS } from '../../../../src/domain/monitoring/performance';
import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import { assemblePlan } from '../../../../src/domain/rollout/assemble-plan';
import { planFingerprint } from '../../../../src/domain/rollout/plan';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { canaryAt, ERROR_RATE, LIMITS, planInput, ROLLING } from '../support/plan-inputs';
import { planInputArb } from '../support/random-plan-inputs';

const notesOf = (changes: Partial<PlanInput>): readonly string[] =>
  assemblePlan(planInput(changes)).notes;
const canary = (leastMs: number, longestMs: number, minimumRequests: number) => ({
  kind: 'canary' as const,
  steps: [{ weight: 5, bake: { leastMs, longestMs, minimumRequests } }],
});
const QUIET = { verify: { ...LIMITS, minimumRequests: 0 } };
const probing = (perSecond: number) => ({
  monitoring: { ...DEFAULT_MONITORING, probe: { path: '/health', perSecond } },
});
const RELATIVE: Criterion = {
  ...ERROR_RATE,
  id: 'manual/error_rate',
  action: 'ask',
  comparison: 'relative-to-stable',
  threshold: 50,
  minimumSamples: 100,
};

describe('what a step needs', () => {
  test('is said with the arithmetic where it will not come in time, and with what follows', () => {
    const strategy = canary(60_000, 900_000, 200);
    expect(notesOf({ ...QUIET, trafficPerSecond: 2, strategy })).toContain(
      '05-bake-5 needs 200 requests; 5 % of 2 a second is 0.1 a second: 33 m 20 s, and its longest time is 15 m: it will end without enough (onNoData: ask).',
    );
    const monitoring = { ...DEFAULT_MONITORING, onNoData: 'rollback' as const };
    expect(notesOf({ ...QUIET, trafficPerSecond: 2, strategy, monitoring }).join('\n')).toContain(
      'without enough (onNoData: rollback)',
    );
  });

  test('is said where it comes later than the least time', () => {
    expect(
      notesOf({ ...QUIET, trafficPerSecond: 10, strategy: canary(60_000, 900_000, 200) }),
    ).toContain(
      '05-bake-5 needs 200 requests; 5 % of 10 a second is 0.5 a second: 6 m 40 s, longer than its least time of 1 m.',
    );
  });

  test('is one sentence for all steps that have it early', () => {
    expect(notesOf({ trafficPerSecond: 100 })).toContain(
      'At the 100 requests a second of now, 05-bake-5, 07-bake-20, 09-bake-50 and 11-verify have the requests that they need within their least time.',
    );
  });

  test('names the steps that share the fate of the first, and of many only some', () => {
    const steps = canaryAt(5, 6, 7, 8, 9, 10, 11);
    const notes = notesOf({ trafficPerSecond: 1, strategy: { kind: 'canary', steps } });
    expect(notes.join('\n')).toContain('So will 07-bake-6, 09-bake-7, 11-bake-8 and 3 more.');
  });

  test('counts what the probe adds', () => {
    const strategy = canary(60_000, 900_000, 200);
    expect(notesOf({ ...QUIET, ...probing(0.4), trafficPerSecond: 2, strategy })).toEqual(
      expect.arrayContaining([
        'The probe sends each revision 0.4 requests a second to /health: evidence without users, and where it stands alone it is said to.',
        '05-bake-5 needs 200 requests; 5 % of 2 a second is 0.1 a second, and the probe adds 0.4: 6 m 40 s, longer than its least time of 1 m.',
      ]),
    );
  });

  test('of a service that nobody calls never comes, but by the probe', () => {
    const quiet = { ...QUIET, trafficPerSecond: 0, strategy: canary(60_000, 900_000, 50) };
    expect(notesOf(quiet).join('\n')).toContain(
      '05-bake-5 needs 50 requests; the service gets none now, and its longest time is 15 m',
    );
    expect(notesOf({ ...quiet, ...probing(1) })).toContain(
      'At the 0 requests a second of now and the 1 of the probe, 05-bake-5 has the requests that it needs within its least time.',
    );
  });

  test('is what must come where nobody could count, and that nobody could is said', () => {
    const needs =
      '05-bake-5, 07-bake-20 and 09-bake-50 need 50 requests each within 3 m, which is 0.28 a second to the candidate';
    const strategy = { kind: 'canary' as const, steps: canaryAt(5, 20, 50) };
    expect(notesOf({ ...QUIET, strategy, trafficPerSecond: null })).toContain(
      `Nobody could count the requests of now: ${needs}.`,
    );
    expect(notesOf({ stable: null }).join('\n')).toContain(
      'Nothing serves yet, so that nobody knows how many requests will come: 05-verify needs 20 requests within 1 m 30 s',
    );
  });

  test('is nothing where no step asks for requests', () => {
    const notes = notesOf({ ...QUIET, strategy: ROLLING, instances: 8, trafficPerSecond: null });
    expect(notes.join('\n')).not.toContain('Nobody could count');
  });

  test('of a probe on a target that cannot address a revision is said to have no effect', () => {
    const capabilities = { ...LOCAL_TARGET, headerRoute: false };
    const notes = notesOf({ ...probing(50), capabilities, trafficPerSecond: 0 }).join('\n');
    expect(notes).toContain('the probe has no effect');
    expect(notes).toContain('the service gets none now');
  });
});

describe('what a step cannot see', () => {
  test('is a criterion that will have too few samples, with both figures', () => {
    expect(notesOf({ trafficPerSecond: 2 })).toContain(
      'automatic/error_rate cannot act in 05-bake-5: it needs 20 requests in 60 s and sees about 6.',
    );
    expect(notesOf({ trafficPerSecond: 0.1 })).toContain(
      'automatic/error_rate cannot act in any step: it needs 20 requests in 60 s and sees about 0 to 6.',
    );
    expect(notesOf({ trafficPerSecond: 100 }).join('\n')).not.toContain('cannot act');
  });

  test('is nothing where the probe alone is enough, and the larger of the two where it is not', () => {
    expect(notesOf({ ...probing(1), trafficPerSecond: 0 }).join('\n')).not.toContain('cannot act');
    const criteria = [{ ...ERROR_RATE, minimumSamples: 100 }];
    expect(notesOf({ ...probing(1), criteria, trafficPerSecond: 2 }).join('\n')).toContain(
      'automatic/error_rate cannot act in 05-bake-5, 07-bake-20 and 09-bake-50: it needs 100 requests in 60 s and sees about 60.',
    );
  });

  test('is a comparison where stable gets no traffic, or too little of it', () => {
    const criteria = [RELATIVE];
    expect(notesOf({ criteria, trafficPerSecond: 100 })).toContain(
      'manual/error_rate compares with stable beside the candidate: it cannot act in 11-verify and 12-warm, where stable gets no traffic.',
    );
    expect(notesOf({ criteria, strategy: { kind: 'blue-green' } })).toContain(
      'manual/error_rate compares with stable beside the candidate: it cannot act in any step.',
    );
    const strategy = { kind: 'canary' as const, steps: canaryAt(95) };
    expect(notesOf({ criteria, strategy, trafficPerSecond: 10 }).join('\n')).toContain(
      'manual/error_rate cannot act in 05-bake-95: it needs 100 requests in 60 s and sees about 30.',
    );
  });

  test('is a criterion of health checks that are made too rarely', () => {
    const availability: Criterion = {
      ...ERROR_RATE,
      metric: 'availability',
      badWhen: 'below',
      threshold: 95,
      durationMs: 2_000,
      minimumSamples: 5,
    };
    expect(notesOf({ criteria: [availability], trafficPerSecond: null })).toContain(
      'automatic/error_rate cannot act in any step: it needs 5 health checks in 2 s and sees about 4.',
    );
  });

  test('is never said of another source: nobody here knows what it counts', () => {
    const criterion: Criterion = { ...ERROR_RATE, metric: 'custom_a', source: 'shop' };
    const sources = [
      {
        kind: 'http-json' as const,
        name: 'shop',
        url: 'http://127.0.0.1:1',
        resolutionMs: 30_000,
        lagMs: 10_000,
        timeoutMs: 1_000,
        bearerSecret: null,
        metrics: { custom_a: { unit: 'percent' as const, badWhen: 'above' as const } },
      },
    ];
    const input = { criteria: [criterion], monitoring: { ...DEFAULT_MONITORING, sources } };
    const notes = notesOf({ ...input, trafficPerSecond: 0 });
    expect(notes.join('\n')).not.toContain('cannot act');
    // 60 s of its own windows, one of which begins before the candidate's first traffic, and comes 10 s late.
    expect(notes).toContain('automatic/error_rate over 60 s is first complete in 07-bake-20.');
  });

  test('is an error too rare for the requests that come', () => {
    expect(
      notesOf({ ...QUIET, trafficPerSecond: 100, strategy: canary(60_000, 90_000, 0) }),
    ).toContain(
      '05-bake-5 sees about 300 requests of the candidate: an error that hits fewer than 1 in 100 may not show in it at all.',
    );
    expect(
      notesOf({ ...QUIET, trafficPerSecond: 1, strategy: canary(60_000, 90_000, 0) }),
    ).toContain(
      '05-bake-5 sees about 3 requests of the candidate: only an error that hits nearly every request is sure to show in it.',
    );
  });
});

describe('what must hold before it is live', () => {
  const monitoring = {
    ...DEFAULT_MONITORING,
    performance: { apdexTargetMs: 500, thresholds: SPECIFICATION_THRESHOLDS },
  };

  test('is said where somebody asks for it', () => {
    expect(notesOf({ monitoring })).toContain(
      'Before it is live, over at least 60 s and 100 requests at 100 %: p50 at most 200 ms, p95 at most 500 ms, p99 at most 1 s, errors at most 0.1 %, availability at least 99.9 %, at least 1 000 requests a minute.',
    );
    expect(notesOf({}).join('\n')).not.toContain('Before it is live');
  });

  test('may have too few requests of one kind, though users and probe together are enough', () => {
    const verify = { leastMs: 60_000, longestMs: 180_000, minimumRequests: 100 };
    const strategy = { kind: 'blue-green' as const };
    const probed = { ...monitoring, probe: { path: '/health', perSecond: 1 } };
    const notes = (trafficPerSecond: number): string =>
      notesOf({ monitoring: probed, strategy, verify, trafficPerSecond }).join('\n');
    expect(notes(1)).toContain(
      'That needs 100 requests of users, or as many of the probe, and 05-verify sees about 60 by its earliest end',
    );
    expect(notes(2)).not.toContain('That needs');
  });

  test('leaves out requests a minute that the service does not get', () => {
    const notes = (trafficPerSecond: number | null): string =>
      notesOf({ monitoring, trafficPerSecond }).join('\n');
    expect(notes(2)).toContain(
      'The 1 000 requests a minute will not be held: the service gets 120',
    );
    expect(notes(20)).not.toContain('will not be held');
    expect(notes(null)).toContain('held only where stable has met them');
  });
});

test('however much is said, it is not what is approved, and there is a bound to it', () => {
  const traffic = fc.option(fc.double({ min: 0, max: 10_000, noNaN: true }));
  fc.assert(
    fc.property(planInputArb, traffic, (input, trafficPerSecond) => {
      const plan = assemblePlan({ ...input, trafficPerSecond });
      const silent = assemblePlan({ ...input, trafficPerSecond: null });
      expect(planFingerprint(plan)).toEqual(planFingerprint(silent));
      expect(plan.notes.length).toBeLessThan(40);
      expect(plan.notes.join('\n')).not.toMatch(/NaN|Infinity|undefined/);
    }),
  );
});

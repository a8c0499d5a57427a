import { EMPTY_HISTOGRAM } from '../../../../src/domain/analysis/histogram';
import type { ArmWindow } from '../../../../src/domain/analysis/window';
import { validateStable, type StableLook } from '../../../../src/domain/rollback/validate-stable';

function second(requests: number, errors: number): ArmWindow {
  const checks = { healthChecksPassed: 1, healthChecksFailed: 0 };
  return { requests, errors, latency: EMPTY_HISTOGRAM, ...checks };
}

function look(change: Partial<StableLook>): ReturnType<typeof validateStable> {
  return validateStable({
    windowMs: 5_000,
    after: [second(100, 0)],
    earlier: [second(1_000, 0)],
    healthy: 2,
    wanted: 2,
    ...change,
  });
}

test('healthy, and failing as seldom as before, is well', () => {
  expect(look({ after: [second(100, 1)], earlier: [second(1_000, 10)] })).toMatchObject({
    verdict: 'well',
    errorRate: 1,
    earlierErrorRate: 1,
  });
});

test('one error after a spotless past is not an alarm, many are', () => {
  expect(look({ after: [second(1_000, 1)] }).verdict).toBe('well');
  expect(look({ after: [second(1_000, 30)] }).verdict).toBe('worse');
});

test('an instance that does not answer counts before any rate', () => {
  expect(look({ healthy: 1 })).toMatchObject({
    verdict: 'unhealthy',
    sentence: '1 of 2 instances of stable are healthy.',
  });
});

test('no request is no data, never a pass', () => {
  expect(look({ after: [] })).toMatchObject({ verdict: 'no-data', errorRate: null });
  expect(look({ after: [second(0, 0)] }).verdict).toBe('no-data');
});

test('without a past, only a spotless window is well', () => {
  expect(look({ earlier: [] }).verdict).toBe('well');
  expect(look({ earlier: [], after: [second(100, 1)] }).verdict).toBe('worse');
});

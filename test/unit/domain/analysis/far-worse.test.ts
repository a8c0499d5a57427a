import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { isFarWorse } from '../../../../src/domain/analysis/far-worse';
import { judgeAll } from '../../../../src/domain/analysis/judge';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, judgeConfig, SECOND_MS, windowsOf } from '../support/windows';

const GUARD: Criterion = { ...ERROR_RATE, durationMs: 10 * SECOND_MS };
const guarded = judgeConfig({ criteria: [GUARD] });

test('a candidate that fails all of its requests is no victim of an incident in which stable fails 6 %', () => {
  const { verdict } = judgeAll(guarded, windowsOf(12, arm(10, 10), arm(100, 6)));
  expect(verdict).toMatchObject({ kind: 'harm', rule: `guard:${GUARD.id}` });
});

test.each([
  ['as often', 30, 30],
  ['a little more often', 36, 30],
  ['always, as stable does', 100, 100],
])('one that fails %s as stable shares its incident', (_how, candidate, stable) => {
  const windows = windowsOf(12, arm(100, candidate), arm(100, stable));
  expect(judgeAll(guarded, windows).verdict.rule).toBe('shared');
});

test('what chance explains is not far worse', () => {
  const seen = { value: 30, samples: 20 };
  expect(isFarWorse(GUARD, seen, { value: 8, samples: 400 })).toBe(false);
  expect(isFarWorse(GUARD, { ...seen, samples: 2_000 }, { value: 8, samples: 400 })).toBe(true);
});

test('availability counts what is missing; a latency is far worse beyond twice stable and by a limit more', () => {
  const availability = {
    ...GUARD,
    metric: 'availability',
    threshold: 95,
    badWhen: 'below',
  } as const;
  const many = { samples: 1_000 };
  expect(isFarWorse(availability, { value: 10, ...many }, { value: 94, ...many })).toBe(true);
  expect(isFarWorse(availability, { value: 90, ...many }, { value: 94, ...many })).toBe(false);
  const slow = { ...GUARD, metric: 'response_time_p99', threshold: 1_000, unit: 'ms' } as const;
  expect(isFarWorse(slow, { value: 9_000, ...many }, { value: 1_100, ...many })).toBe(true);
  expect(isFarWorse(slow, { value: 1_900, ...many }, { value: 1_100, ...many })).toBe(false);
});

import { exitCodeOf, faultsOf } from '../../../tools/demo/verdict.mjs';
import { tally } from '../../../tools/demo/tally.mjs';
import { atMs, record, ROLLED_BACK, status } from './samples';

const scenarios = [
  { name: 'first', expected: 'succeeded' },
  { name: 'bad', expected: 'rolled-back' },
];
const good = { name: 'first', startedAtMs: atMs(0), status: status(), trouble: null };
const bad = { name: 'bad', startedAtMs: atMs(10_000), status: ROLLED_BACK, trouble: null };

function faults(
  played: readonly (typeof good)[],
  { records = [] as ReturnType<typeof record>[], trouble = null as Error | null } = {},
) {
  const figures = tally({ played, records, instanceLogIds: new Set() });
  return faultsOf({ scenarios, figures, played, trouble });
}

test('nothing is wrong when every scenario ended as it should and the router failed nothing', () => {
  expect(faults([good, bad], { records: [record('1')] })).toEqual([]);
  expect(exitCodeOf([], null)).toBe(0);
});

test.each([
  [
    'an outcome that was not expected',
    [good, { ...bad, status: status({ cause: 'all was well' }) }],
    'bad ended as succeeded, not as rolled-back: all was well',
  ],
  ['a scenario that was not played', [good], 'bad was not played'],
  [
    'a rollback without the time at which stable was safe',
    [good, { ...bad, status: { ...ROLLED_BACK, safeAt: null } }],
    'bad does not say when stable was safe',
  ],
  [
    'an act that came too late, although the outcome is the expected one',
    [good, { ...bad, trouble: 'it ended before the first bake' }],
    'bad: it ended before the first bake',
  ],
])('%s is a fault', (_name, played, fault) => {
  expect(faults(played as (typeof good)[])).toEqual([fault]);
});

test('a single request that the router failed is a fault, and says when and how', () => {
  const reset = record('1', { outcome: 'ECONNRESET', status: null, revision: null });
  expect(faults([good, bad], { records: [reset] })).toEqual([
    'the router failed 1 requests, the first at 2026-01-01T00:00:01.000Z (ECONNRESET)',
  ]);
});

test('an error explains by itself why the rest was not played', () => {
  expect(faults([good], { trouble: new Error('no worker') })).toEqual(['no worker']);
  expect(exitCodeOf(['no worker'], new Error('no worker'))).toBe(1);
});

test('Ctrl-C ends the demo with 130', () => {
  const trouble = new Error('stopped by SIGINT');
  expect(exitCodeOf([trouble.message], trouble)).toBe(130);
});

import { rollbackMs, tally } from '../../../tools/demo/tally.mjs';
import { at, atMs, CANDIDATE, record, ROLLED_BACK, status } from './samples';

const STABLE = `sha256:${'5'.repeat(64)}`;
const first = { name: 'first', startedAtMs: atMs(0), status: status() };
const second = { name: 'second', startedAtMs: atMs(10_000), status: ROLLED_BACK };

function figuresOf(records: readonly ReturnType<typeof record>[], logged: readonly string[] = []) {
  const instanceLogIds = new Set(logged);
  return tally({ played: [first, second], records, instanceLogIds });
}

test('a request belongs to the scenario during which it was sent, also when it ended in the next', () => {
  const { scenarios, requests } = figuresOf([
    record('before', { startedAtMs: atMs(-50) }),
    record('in-first', { startedAtMs: atMs(9_999), endedAtMs: atMs(10_400) }),
    record('in-second', { startedAtMs: atMs(10_000) }),
    record('after', { startedAtMs: atMs(90_000) }),
  ]);
  expect(scenarios.map((one) => one.requests)).toEqual([2, 2]);
  expect(requests).toBe(4);
});

test("a failure is the revision's own only where an instance logged its id, else the router's", () => {
  const failed = { status: 500, startedAtMs: atMs(11_000) };
  const { scenarios, failedByRouter, routerFailures } = figuresOf(
    [record('logged', failed), record('unlogged', failed), record('good')],
    ['logged', 'good'],
  );
  expect(scenarios[1]).toMatchObject({ failedByRevision: 1, failedByRouter: 1 });
  expect(scenarios[0]).toMatchObject({ failedByRevision: 0, failedByRouter: 0 });
  expect(failedByRouter).toBe(1);
  expect(routerFailures.map(({ id }) => id)).toEqual(['unlogged']);
});

test('exposed are the requests that a revision answered which was rolled back afterwards', () => {
  const during = { startedAtMs: atMs(11_000) };
  const { scenarios } = figuresOf([
    record('candidate', during),
    record('failed-there', { ...during, status: 500 }),
    record('stable', { ...during, revision: STABLE }),
    record('same-revision-earlier', { revision: CANDIDATE }),
  ]);
  expect(scenarios.map(({ exposed }) => exposed)).toEqual([0, 2]);
});

test('a scenario lasts until it was live, else until it ended', () => {
  expect(figuresOf([]).scenarios.map(({ seconds }) => seconds)).toEqual([9, 10]);
});

test('a deployment that is live and has not ended has succeeded', () => {
  const live = status({ phase: 'warm', live: true, outcome: null, endedAt: null });
  const { scenarios } = tally({
    played: [{ ...first, status: live }],
    records: [],
    instanceLogIds: new Set(),
  });
  expect(scenarios[0]).toMatchObject({ outcome: 'succeeded', seconds: 9, rollbackMs: null });
});

test('the way back is counted from the decision of the judge', () => {
  expect(rollbackMs(ROLLED_BACK)).toBe(80);
});

test('the way back is counted from the moment at which a person asked for it', () => {
  const refused = { kind: 'rollback', effect: 'refused', issuedAt: at(10_000) };
  const asked = { kind: 'rollback', effect: 'applied', issuedAt: at(11_900) };
  expect(rollbackMs({ ...ROLLED_BACK, decisions: [refused, asked] })).toBe(180);
});

test('nothing is made up where nobody saw stable at 100 %', () => {
  expect(rollbackMs({ ...ROLLED_BACK, safeAt: null })).toBeNull();
});

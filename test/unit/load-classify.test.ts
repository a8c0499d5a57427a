import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classify, hasFailed } from '../../tools/load/classify.mjs';
import { readInstanceLogIds } from '../../tools/load/instance-log.mjs';
import type { LoadRecord } from '../../tools/load/load.mjs';

const folder = mkdtempSync(join(tmpdir(), 'load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = `sha256:${'a'.repeat(64)}`;
const BAD = `sha256:${'b'.repeat(64)}`;

function record(id: string, differs: Partial<LoadRecord> = {}): LoadRecord {
  return {
    id,
    dueAtMs: 1000,
    startedAtMs: 1000,
    endedAtMs: 1004,
    method: 'GET',
    path: '/',
    outcome: 'status',
    status: 200,
    revision: GOOD,
    router: null,
    ...differs,
  };
}

const unanswered = { status: null, revision: null };

test.each([
  ['an answer 200', false, {}],
  ['an answer 404', false, { status: 404 }],
  ['an answer 500', true, { status: 500 }],
  ['an answer 503', true, { status: 503 }],
  ['a reset', true, { outcome: 'ECONNRESET', ...unanswered }],
  ['a refused connection', true, { outcome: 'ECONNREFUSED', ...unanswered }],
  ['a timeout', true, { outcome: 'TIMEOUT', ...unanswered }],
  ['an answer after exactly 10 s', false, { endedAtMs: 11_000 }],
  ['an answer after more than 10 s', true, { endedAtMs: 11_001 }],
])('%s: failed is %s', (_name, failed, differs) => {
  expect(hasFailed(record('x', differs))).toBe(failed);
});

test('a failure is the revision’s own only if an instance logged its id, else the router’s', () => {
  const records = [
    record('fine'),
    record('own-error', { status: 500, revision: BAD }),
    record('own-timeout', { outcome: 'TIMEOUT', ...unanswered }),
    record('own-reset', { outcome: 'ECONNRESET', ...unanswered }),
    record('router-503', { status: 503, revision: null, router: 'no-healthy-instance' }),
    record('router-reset', { outcome: 'ECONNRESET', ...unanswered }),
    record('claims-a-revision', { status: 502, revision: BAD }),
  ];
  const result = classify(records, new Set(['fine', 'own-error', 'own-timeout', 'own-reset']));
  expect(result).toMatchObject({
    requests: 7,
    failed: 6,
    failedByRevision: 3,
    failedByRouter: 3,
    revisions: { [GOOD]: { requests: 1, failed: 0 }, [BAD]: { requests: 2, failed: 2 } },
  });
  expect(result.routerFailures.map(({ id }) => id)).toEqual([
    'router-503',
    'router-reset',
    'claims-a-revision',
  ]);
});

test('exposed counts what the revision answered, well or badly', () => {
  const records = [record('1', { revision: BAD }), record('2', { revision: BAD, status: 500 })];
  const { exposed } = classify([...records, record('3')], new Set());
  expect([exposed(BAD), exposed(GOOD), exposed('sha256:none')]).toEqual([2, 1, 0]);
});

test('ids are found in every log, rotated and nested too; other lines are passed over', async () => {
  mkdirSync(join(folder, 'i-2'));
  const other = 'Error: at "id"\n{"event":"listening"}\n{"id":7}\n{broken "id"\n';
  writeFileSync(join(folder, 'i-1.log'), `${other}{"id":"a","status":200}\n{"id":"half`);
  writeFileSync(join(folder, 'i-1.log.1'), '{"id":"b"}\n');
  writeFileSync(join(folder, 'i-2', 'stdout.log'), '{"status":200,"id":"c"}');
  expect(await readInstanceLogIds(folder)).toEqual(new Set(['a', 'b', 'c']));
});

test('logs that are not there are an error, not an empty set', async () => {
  await expect(readInstanceLogIds(join(folder, 'absent'))).rejects.toThrow(/ENOENT/);
});

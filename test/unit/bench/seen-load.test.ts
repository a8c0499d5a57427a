import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSeenLoad } from '../../../bench/rollback/seen-load.mjs';
import type { LoadRecord } from '../../../tools/load/load.mjs';

let folder: string;
let file: string;
let instanceLogs: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-seen-'));
  file = join(folder, 'load.jsonl');
  instanceLogs = join(folder, 'logs');
  mkdirSync(instanceLogs);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reads each record once, a half-written one when it is whole', async () => {
  const seen = openSeenLoad({ file, instanceLogs });
  const second = line(aRecord({ id: 'r-2', startedAtMs: 1_500 }));
  writeFileSync(file, line(aRecord({ id: 'r-1', startedAtMs: 2_000 })) + second.slice(0, 20));
  await seen.catchUp();
  expect(seen.requests()).toBe(1);
  appendFileSync(file, second.slice(20));
  await seen.catchUp();
  await seen.catchUp();
  expect(seen.requests()).toBe(2);
  expect(seen.lastStartMs.get('sha256:a')).toBe(2_000);
});

it('keeps whose a failure is after the log that told it is gone', async () => {
  const seen = openSeenLoad({ file, instanceLogs });
  const log = join(instanceLogs, 'instance.log');
  writeFileSync(file, line(aRecord({ id: 'own', status: 500 })));
  writeFileSync(log, line({ id: 'own', status: 500 }));
  await seen.catchUp();
  rmSync(log);
  appendFileSync(file, line(aRecord({ id: 'lost', outcome: 'ECONNRESET', status: null })));
  await seen.lookAgain();
  expect(seen.failedByRevision()).toBe(1);
  expect(seen.routerFailures().map(({ id }) => id)).toEqual(['lost']);
});

it('finds a line that the instance wrote after the failure was seen', async () => {
  const seen = openSeenLoad({ file, instanceLogs });
  writeFileSync(file, line(aRecord({ id: 'late', status: 500 })));
  await seen.catchUp();
  expect(seen.routerFailures()).toHaveLength(1);
  writeFileSync(join(instanceLogs, 'instance.log'), line({ id: 'late', status: 500 }));
  await seen.lookAgain();
  expect(seen.routerFailures()).toEqual([]);
});

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function aRecord(change: Partial<LoadRecord>): LoadRecord {
  const times = { dueAtMs: 1_000, startedAtMs: 1_000, endedAtMs: 1_010 };
  const asked = { id: 'r-1', method: 'GET', path: '/' };
  return {
    ...asked,
    ...times,
    outcome: 'status',
    status: 200,
    revision: 'sha256:a',
    router: null,
    ...change,
  };
}

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadRecord } from '../../tools/load/load.mjs';

const TOOLS = join(__dirname, '../../tools/load');
const folder = mkdtempSync(join(tmpdir(), 'load-run-'));
const seen: string[] = [];
const children: ChildProcess[] = [];
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(String(request.headers['x-request-id']));
    response.statusCode = request.method === 'POST' ? 500 : 200;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly out: string;
  readonly ended: Promise<{ readonly code: number | null; readonly last: unknown }>;
}

function run(name: string, seconds: number): Run {
  const out = join(folder, `${name}.jsonl`);
  const options = ['--origin', origin, '--rate', '100', '--seconds', String(seconds), '--out', out];
  const child = spawn(process.execPath, [join(TOOLS, 'run.mjs'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = once(child, 'close', { signal: AbortSignal.timeout(12_000) }).then(() => ({
    code: child.exitCode,
    last: JSON.parse(text.trim().split('\n').at(-1) ?? 'null') as unknown,
  }));
  return { child, out, ended };
}

const recordsIn = (file: string): LoadRecord[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LoadRecord);

test('it writes one line a request, sums up, and the summary can be attributed', async () => {
  const { out, ended } = run('whole', 1);
  expect(await ended).toMatchObject({
    code: 0,
    last: { event: 'summary', requests: 100, failed: 20 },
  });
  const records = recordsIn(out);
  expect(new Set(records.map(({ id }) => id)).size).toBe(100);
  expect(seen).toEqual(expect.arrayContaining(records.map(({ id }) => id)));

  const failed = records.filter(({ status }) => status === 500).map(({ id }) => id);
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  writeFileSync(
    join(logs, 'i.log'),
    failed
      .slice(1)
      .map((id) => `{"id":"${id}"}\n`)
      .join(''),
  );
  const options = ['--records', out, '--logs', logs];
  const summary = spawnSync(process.execPath, [join(TOOLS, 'summarise.mjs'), ...options]);
  expect(JSON.parse(summary.stdout.toString())).toMatchObject({
    requests: 100,
    failedByRevision: 19,
    failedByRouter: 1,
  });
});

test('SIGTERM ends it early with every request that was sent recorded', async () => {
  const { child, out, ended } = run('stopped', 60);
  while (!existsSync(out) || readFileSync(out, 'utf8').split('\n').length < 50) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGTERM');
  const { code, last } = await ended;
  expect(code).toBe(0);
  expect(last).toMatchObject({ event: 'summary', requests: recordsIn(out).length });
});

test('it does not outlive the one who reads its output', async () => {
  const { child } = run('orphan', 60);
  await once(child.stdout!, 'data');
  const exit = once(child, 'exit', { signal: AbortSignal.timeout(10_000) });
  child.stdout!.destroy();
  expect(await exit).toEqual([0, null]);
});

test.each([
  [['--rate', '10', '--out', 'x']],
  [['--origin', 'http://127.0.0.1:1', '--rate', 'many', '--out', 'x']],
  [['--origin', 'http://127.0.0.1:1', '--rate', '10']],
  [['--origin', 'http://127.0.0.1:1', '--rate', '10', '--out', 'x', '--retry']],
])('wrong usage %j is refused with 2 and sends nothing', (options) => {
  const result = spawnSync(process.execPath, [join(TOOLS, 'run.mjs'), ...options], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  expect(result.status).toBe(2);
  expect(result.stderr).toContain('usage: run.mjs');
});

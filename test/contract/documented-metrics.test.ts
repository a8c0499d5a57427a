import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createHttpJsonSource } from '../../src/adapters/metrics/http-json/http-json-source';
import { readWindows } from '../../src/adapters/metrics/http-json/read-windows';
import { endWithMe } from '../support/end-with-me';
import { freePort } from '../support/free-port';
import { httpJsonSpec } from '../support/reading-specs';
import { pause } from '../support/until';
import { CONVERSION, REF, STABLE } from './reading-source.contract';

const PAGE = readFileSync(resolve(__dirname, '../../docs/monitoring.md'), 'utf8');
const MINUTE_MS = 60_000;
const DEADLINE_MS = 20_000;

function blocks(language: string): readonly string[] {
  return [...PAGE.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , code = '']) => code);
}

test('the answers in docs/monitoring.md are of the format that they explain', () => {
  const [windows, counters] = blocks('json').map((code) =>
    readWindows(JSON.parse(code), MINUTE_MS),
  );
  expect([...(windows ?? [])].flatMap(([, metrics]) => [...metrics.values()])).toEqual([
    { kind: 'ratio', events: 31, of: 1204 },
    { kind: 'value', value: 7.5, samples: 60 },
  ]);
  expect([...(counters ?? [])].flatMap(([, metrics]) => [...metrics.values()])).toEqual([
    { kind: 'ratio', events: 31, of: 1204 },
  ]);
});

test('the endpoint in docs/monitoring.md runs, and is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-endpoint-'));
  const code = blocks('js').find((block) => block.includes('createServer'));
  const use = `visited('${STABLE}', { ordered: true });\nvisited('${STABLE}', { ordered: false });`;
  writeFileSync(join(folder, 'endpoint.mjs'), `${code}\n${use}\n`);
  const port = await freePort();
  const child = endWithMe(
    spawn(process.execPath, [join(folder, 'endpoint.mjs')], {
      env: { ...process.env, METRICS_PORT: String(port) },
    }),
  );
  const nowMs = Date.now();
  const spec = httpJsonSpec(`http://127.0.0.1:${port}/belay`, { resolutionMs: MINUTE_MS });
  const secret = () => Promise.resolve(null);
  const source = createHttpJsonSource(spec, { secret, now: () => nowMs + 5 * MINUTE_MS });
  const query = { ref: REF, revisions: [STABLE], metrics: [CONVERSION] };
  const times = { fromMs: nowMs - MINUTE_MS, toMs: nowMs + 3 * MINUTE_MS };
  const read = () => source.readings({ ...query, ...times }, new AbortController().signal);
  const deadline = performance.now() + DEADLINE_MS;
  let readings = await read().catch(() => []);
  while (readings.length === 0 && performance.now() < deadline) {
    await pause(100);
    readings = await read().catch(() => []);
  }
  child.kill();
  rmSync(folder, { recursive: true });
  expect(readings[0]?.revisions).toEqual({
    [STABLE]: { [CONVERSION]: { kind: 'ratio', events: 1, of: 2 } },
  });
});

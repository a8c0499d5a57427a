import { frameOf } from '../../../tools/demo/frame.mjs';
import { openScreen } from '../../../tools/demo/screen.mjs';
import { historyAddress, tableOf } from '../../../tools/demo/table.mjs';
import { status } from './samples';

const scenarios = [{ name: 'first' }, { name: 'canary-bad' }, { name: 'next' }];
const played = [{ name: 'first', status: status() }];
const counts = { requests: 120, failed: 3 };
const baking = status({
  phase: 'rollout',
  step: '05-bake-10',
  outcome: null,
  observed: { stable: 90, candidate: 10 },
});

test('the frame shows phase, step, traffic and load of what is played now', () => {
  const frame = frameOf({
    scenarios,
    played,
    counts,
    current: { name: 'canary-bad', status: baking },
  });
  expect(frame?.line).toBe(
    'canary-bad: rollout 05-bake-10, stable 90 % candidate 10 %, 120 requests, 3 failed',
  );
  expect(frame?.lines).toEqual([
    '',
    '  + first       succeeded',
    '  > canary-bad  rollout 05-bake-10, stable 90 % candidate 10 %  [##..................]',
    '    next      ',
    '    120 requests, 3 failed',
  ]);
});

test('the frame says whom the deployment waits for', () => {
  const waiting = status({ phase: 'authorize', outcome: null, waitingFor: 'approval' });
  const frame = frameOf({ scenarios, played, counts, current: { name: 'next', status: waiting } });
  expect(frame?.line).toBe('next: authorize, waits for approval, 120 requests, 3 failed');
});

test('there is no frame while nothing is played', () => {
  expect(frameOf({ scenarios, played, counts, current: null })).toBeNull();
});

test('without a terminal a line comes at every change and every five seconds, and no escape code', () => {
  const written: string[] = [];
  let ms = 0;
  let key = 'a';
  const screen = openScreen({
    stream: { write: (text) => written.push(text) },
    frame: () => ({ lines: ['frame'], line: `at ${key}`, key }),
    now: () => ms,
  });
  screen.draw();
  ms = 4_999;
  screen.draw();
  ms = 5_000;
  screen.draw();
  key = 'b';
  screen.draw();
  screen.end();
  expect(written).toEqual(['[   0.0 s] at a\n', '[   5.0 s] at a\n', '[   5.0 s] at b\n']);
});

test('on a terminal lasting lines stay above the frame, and the cursor comes back', () => {
  const written: string[] = [];
  const screen = openScreen({
    stream: { isTTY: true, columns: 8, write: (text) => written.push(text) },
    frame: () => ({ lines: ['a long frame', 'two'], line: '', key: '' }),
    now: () => 0,
  });
  screen.draw();
  screen.draw();
  screen.say('happened');
  screen.end();
  expect(written).toEqual([
    '\u001b[?25l',
    'a long \ntwo\n',
    '\u001b[2A\r\u001b[J',
    '[   0.0 s] happened\n',
    '\u001b[?25h',
  ]);
});

test('the address of a history names the workflow although its id has slashes', () => {
  const run = { workflowId: 'deploy/shop/production', runId: 'r1' };
  expect(historyAddress('http://127.0.0.1:8233', run)).toBe(
    'http://127.0.0.1:8233/namespaces/default/workflows/deploy%2Fshop%2Fproduction/r1/history',
  );
});

test('the table has a row for each scenario and a dash where nothing rolled back', () => {
  const zero = { failedByRouter: 0, failedByRevision: 0, exposed: 0, rollbackMs: null };
  const rows = tableOf(
    {
      scenarios: [
        { ...zero, name: 'first', outcome: 'succeeded', seconds: 9, requests: 100 },
        {
          ...zero,
          name: 'bad',
          outcome: 'rolled-back',
          seconds: null,
          requests: 20,
          rollbackMs: 80,
        },
      ],
      requests: 120,
      failedByRouter: 0,
    },
    { webUrl: null, played: [] },
  );
  expect(rows[2]).toMatch(/^first +succeeded +9\.0 +100 +0 +0 +0 +-$/);
  expect(rows[3]).toMatch(/^bad +rolled-back +- +20 +0 +0 +0 +80 ms$/);
});

test('the table ends with the place of each report page', () => {
  const run = { workflowId: 'deploy/shop/production', runId: 'r1' };
  const rows = tableOf(
    { scenarios: [], requests: 0, failedByRouter: 0 },
    {
      webUrl: null,
      played: [
        { ...run, name: 'first' },
        { ...run, name: 'bad', reportPage: '/tmp/demo-bad.html' },
      ],
    },
  );
  expect(rows.filter((row) => row.startsWith('Report page'))).toEqual([
    'Report page of bad: /tmp/demo-bad.html',
  ]);
});

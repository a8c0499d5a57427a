import { livePollers, type Poller, type ThisHost } from '../../../src/client/live-pollers';

const NOW_MS = Date.parse('2026-11-23T10:00:00Z');
const host: ThisHost = {
  nowMs: NOW_MS,
  hostname: 'here',
  startTimeOf: (pid) => (pid === 1_001 ? 'today' : null),
};

function aPoller(identity: string, agoMs = 1_000): Poller {
  return { identity, lastAccessTime: { seconds: Math.floor((NOW_MS - agoMs) / 1_000) } };
}

function isCounted(poller: Poller): boolean {
  return livePollers([poller], host).length === 1;
}

test('a worker that asked within the last minute lives', () => {
  expect(isCounted(aPoller('1001@here', 60_000))).toBe(true);
});

test('one that has not asked for longer is gone', () => {
  expect(isCounted(aPoller('1001@here', 80_000))).toBe(false);
});

test('a worker of this machine whose process has ended is gone at once', () => {
  expect(isCounted(aPoller('1002@here'))).toBe(false);
});

test('a worker of another machine counts whatever processes run here', () => {
  expect(isCounted(aPoller('1002@elsewhere'))).toBe(true);
});

test('a worker that calls itself something of its own counts', () => {
  expect(isCounted(aPoller('payments-worker'))).toBe(true);
});

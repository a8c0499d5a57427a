/**
 * An open-loop load client: it sends by the clock, never by the answers, and never retries. A request that falls due
 * while the event loop stands still is sent as soon as it moves again, so the count is always right.
 *
 * `load.d.mts` has the types. TypeScript callers import this file as it is (jest's transform covers `.mjs`). Where the
 * figures matter, start `run.mjs` as a child process and read its JSON lines instead: load and system under test then
 * share no event loop.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { isFresh } from './fresh-connection.mjs';
import { shopMix } from './mix.mjs';
import { send } from './send.mjs';

export const TIMEOUT_MS = 10_000;
/** Idle sockets are dropped well before any server would: a reset is then never our own stale connection. */
const IDLE_SOCKET_MS = 20_000;

export function startLoad({
  origin,
  ratePerSecond,
  requests = Infinity,
  mix = shopMix,
  onRecord = () => {},
  retain = true,
  timeoutMs = TIMEOUT_MS,
}) {
  const run = randomUUID().slice(0, 8);
  const agent = keepAliveAgent(timeoutMs);
  const schedule = startSchedule(ratePerSecond);
  const records = [];
  let sent = 0;
  let inFlight = 0;
  let sending = true;
  let timer;
  let finish;
  const done = new Promise((resolve) => (finish = resolve));

  function tick() {
    while (sent < requests && schedule.untilMs(sent) <= 0) sendNext();
    if (sent >= requests) stopSending();
    else timer = setTimeout(tick, Math.max(1, schedule.untilMs(sent)));
  }

  function sendNext() {
    const n = sent;
    const asked = mix(n);
    const { method, path, kind } = asked;
    const id = `${run}-${n}`;
    sent += 1;
    inFlight += 1;
    const connection = isFresh(n) ? false : agent;
    send({ origin, agent: connection, id, ...asked, timeoutMs }, (how) => {
      const record = { id, dueAtMs: schedule.dueAtMs(n), method, path, kind, ...how };
      inFlight -= 1;
      if (retain) records.push(record);
      onRecord(record);
      finishWhenIdle();
    });
  }

  function stopSending() {
    sending = false;
    clearTimeout(timer);
    finishWhenIdle();
  }

  function finishWhenIdle() {
    if (sending || inFlight > 0) return;
    agent.destroy();
    finish(records);
  }

  tick();
  return {
    done,
    counts: () => ({ sent, inFlight }),
    stop: () => {
      stopSending();
      return done;
    },
  };
}

/** When the n-th request (from 0) is due. Steps of the wall clock do not move it. */
function startSchedule(ratePerSecond) {
  const started = performance.now();
  const startedAtMs = Date.now();
  const afterMs = (n) => (n * 1000) / ratePerSecond;
  return {
    untilMs: (n) => started + afterMs(n) - performance.now(),
    dueAtMs: (n) => Math.round(startedAtMs + afterMs(n)),
  };
}

function keepAliveAgent(timeoutMs) {
  const timeout = Math.max(IDLE_SOCKET_MS, 2 * timeoutMs);
  return new http.Agent({ keepAlive: true, scheduling: 'lifo', maxFreeSockets: 512, timeout });
}

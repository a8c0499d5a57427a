import longAnswers from '../../examples/shop/src/long-answers.js';
import { isFresh } from './fresh-connection.mjs';
import { shopMix } from './mix.mjs';

const SLOW_SECONDS = 2;
const DOWNLOAD_SECONDS = 30;
const EVENTS_SECONDS = 20;

const slow = { kind: 'slow', method: 'GET', path: `/report?seconds=${SLOW_SECONDS}` };
const download = {
  kind: 'download',
  method: 'GET',
  path: `/export?seconds=${DOWNLOAD_SECONDS}`,
  stream: { kind: 'download', ...longAnswers.exportContent(DOWNLOAD_SECONDS) },
};
const events = {
  kind: 'events',
  method: 'GET',
  path: `/events?seconds=${EVENTS_SECONDS}`,
  stream: { kind: 'events', events: EVENTS_SECONDS },
};

/**
 * Everything that a rollout can cut: what `shopMix` asks, with every 50th request answered only after 2 s, every 200th a
 * download of 30 s and every 200th an event stream of 20 s. Each says its kind: `get`, `post`, `new-connection`, `slow`,
 * `download`, `events`.
 */
export function wholeMix(n) {
  if (n % 200 === 50) return download;
  if (n % 200 === 150) return events;
  if (n % 50 === 25) return slow;
  const asked = shopMix(n);
  return { ...asked, kind: isFresh(n) ? 'new-connection' : asked.method.toLowerCase() };
}

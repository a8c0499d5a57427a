import { createHash } from 'node:crypto';

/**
 * Reads an answer that comes piece by piece, and says at its end whether all of it came: a stream that ended too early
 * is no answer, however properly it was closed.
 *
 * @param {import('./load.mjs').ExpectedStream} expected
 * @returns {{take(chunk: Buffer): void, isWhole(): boolean}}
 */
export function openStreamReader(expected) {
  switch (expected.kind) {
    case 'download':
      return downloadReader(expected);
    case 'events':
      return eventsReader(expected);
  }
}

function downloadReader({ bytes, sha256 }) {
  const hash = createHash('sha256');
  let seen = 0;
  return {
    take(chunk) {
      seen += chunk.length;
      hash.update(chunk);
    },
    isWhole: () => seen === bytes && hash.digest('hex') === sha256,
  };
}

/** Events `{"n":1}`, `{"n":2}`, … without a gap, and `end` after the last one. */
function eventsReader({ events }) {
  let rest = '';
  let next = 1;
  let ended = false;
  let inOrder = true;

  function takeEvent(text) {
    if (ended) inOrder = false;
    else if (text.startsWith('event: end\n')) ended = true;
    else if (text.includes(`\ndata: {"n":${next}}`)) next += 1;
    else inOrder = false;
  }

  return {
    take(chunk) {
      const parts = (rest + chunk.toString('utf8')).split('\n\n');
      rest = parts.pop();
      parts.forEach(takeEvent);
    },
    isWhole: () => inOrder && ended && next === events + 1 && rest === '',
  };
}

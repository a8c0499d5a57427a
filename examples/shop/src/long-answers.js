'use strict';

/**
 * Answers that take their time, as real services have them: a report that is worked out before it begins, a download,
 * an event stream. Each lasts the whole `seconds` that it is asked for; all revisions give the same bytes.
 */

const { createHash } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');

const LONGEST_SECONDS = 60;
const ROW_BYTES = 2048;
const ROWS_PER_SECOND = 2;

/** Nothing until the end. */
async function report(seconds) {
  await sleep(seconds * 1000);
  return { status: 200, body: { seconds, orders: 3 * seconds, cents: 1290 * seconds } };
}

/** Two rows of 2 KiB a second; length and checksum are known before the first. */
function exported(seconds) {
  const { bytes, sha256 } = exportContent(seconds);
  return {
    status: 200,
    contentType: 'text/csv',
    headers: {
      'content-length': bytes,
      'content-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    },
    chunks: paced(exportRows(seconds), 1000 / ROWS_PER_SECOND),
  };
}

/** One event a second, numbered from 1; with the last one comes `end`, which says how many there were. */
function events(seconds) {
  const told = Array.from({ length: seconds }, (_, index) => event('price', { n: index + 1 }));
  told[seconds - 1] += event('end', { events: seconds });
  return {
    status: 200,
    contentType: 'text/event-stream',
    headers: { 'cache-control': 'no-store' },
    chunks: paced(told, 1000),
  };
}

/** What a whole export holds: `{bytes, sha256}`, the checksum in hex. */
function exportContent(seconds) {
  const rows = exportRows(seconds);
  return {
    bytes: rows.length * ROW_BYTES,
    sha256: createHash('sha256').update(rows.join('')).digest('hex'),
  };
}

/** Null where the query asks for something else than 1 to 60 whole seconds. */
function secondsOf(query, otherwise) {
  const text = query.get('seconds');
  if (text === null) return otherwise;
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= LONGEST_SECONDS ? seconds : null;
}

function exportRows(seconds) {
  return Array.from({ length: seconds * ROWS_PER_SECOND }, (_, index) =>
    `${index + 1};order`.padEnd(ROW_BYTES - 1, '.').concat('\n'),
  );
}

function event(name, data) {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** By the clock, so that a slow reader does not make the whole last longer than it should. */
async function* paced(chunks, everyMs) {
  const startedAtMs = performance.now();
  for (const [index, chunk] of chunks.entries()) {
    await sleep(Math.max(0, startedAtMs + (index + 1) * everyMs - performance.now()));
    yield chunk;
  }
}

module.exports = { events, exportContent, exported, report, secondsOf };

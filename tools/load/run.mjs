#!/usr/bin/env node
/**
 * The load client as a process of its own:
 *
 *   node tools/load/run.mjs --origin URL --rate 100 [--seconds 3600] [--mix shop|whole] --out FILE
 *
 * FILE gets one `LoadRecord` (load.d.mts) a line, soon after each request has ended. stdout gets one JSON object a line:
 * `{"event":"started","pid"}`, every second `{"event":"progress","sent","inFlight","failed"}`, and last
 * `{"event":"summary","requests","failed","startedAtMs","endedAtMs"}`. SIGTERM and SIGINT stop it early (what is in
 * flight is awaited: at most 10 s, streams to their end), and so does the end of its parent: when stdout or the IPC channel breaks.
 * Exit 0 when measured, however many requests failed; 1 when FILE cannot be written; 2 on wrong usage.
 */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { hasFailed } from './classify.mjs';
import { startLoad } from './load.mjs';
import { mixes } from './mixes.mjs';

const USAGE = `usage: run.mjs --origin http://127.0.0.1:PORT --rate N [--seconds N] [--mix ${Object.keys(mixes).join('|')}] --out FILE`;
const PROGRESS_MS = 1000;
/** A write for each record would cost more than the request. */
const WRITE_MS = 100;

class UsageError extends Error {
  constructor(why = 'wrong or missing option') {
    super(`${why}\n${USAGE}`);
  }
}

try {
  await run(readOptions());
} catch (error) {
  process.stderr.write(`load: ${error.message}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}

async function run({ origin, rate, seconds, mix, out }) {
  const file = createWriteStream(out);
  const written = finished(file);
  const startedAtMs = Date.now();
  const lines = [];
  let failed = 0;
  const load = startLoad({
    origin,
    ratePerSecond: rate,
    requests: Math.round(rate * seconds),
    mix,
    retain: false,
    onRecord: (record) => {
      if (hasFailed(record)) failed += 1;
      lines.push(`${JSON.stringify(record)}\n`);
    },
  });
  stopWhenAsked(() => load.stop());
  written.catch(() => load.stop());

  say({ event: 'started', pid: process.pid });
  const progress = setInterval(
    () => say({ event: 'progress', ...load.counts(), failed }),
    PROGRESS_MS,
  );
  const writing = setInterval(() => file.write(lines.splice(0).join('')), WRITE_MS);
  await load.done;
  clearInterval(progress);
  clearInterval(writing);
  file.end(lines.join(''));
  await written;
  const requests = load.counts().sent;
  say({ event: 'summary', requests, failed, startedAtMs, endedAtMs: Date.now() });
  if (process.connected) process.disconnect();
}

function stopWhenAsked(stop) {
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  process.stdout.on('error', stop);
}

function readOptions() {
  const { origin, rate, seconds, mix, out } = parse();
  const options = { origin, rate: Number(rate), seconds: Number(seconds), mix: mixes[mix], out };
  if (!URL.canParse(origin ?? '') || new URL(origin).protocol !== 'http:') throw new UsageError();
  if (!(options.rate > 0 && options.rate <= 5000)) throw new UsageError();
  if (!(options.seconds > 0 && options.seconds < Infinity)) throw new UsageError();
  if (options.mix === undefined || out === undefined) throw new UsageError();
  return options;
}

function parse() {
  try {
    return parseArgs({
      options: {
        origin: { type: 'string' },
        rate: { type: 'string' },
        seconds: { type: 'string', default: '3600' },
        mix: { type: 'string', default: 'shop' },
        out: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function say(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

'use strict';

/**
 * The shop, made bad in the way that DETECT_FAULT names; with `none` it is as good as ever. Its health path stays fine
 * in all of them.
 */

const { subscribe } = require('node:diagnostics_channel');
const { writeSync } = require('node:fs');
const revision = require('./revision.json');

const SLOW_MS = 3_000;
const prompt = { per: 25, seed: Number(process.env.DETECT_SEED), msPerConcurrent: 0, longestMs: 0 };

const defects = {
  none: null,
  'answers-500': { ...prompt, failing: 25 },
  exits: null,
  slow: { ...prompt, failing: 0, msPerConcurrent: SLOW_MS, longestMs: SLOW_MS },
  errors: { ...prompt, failing: 2 },
};

/** The first request that is not a probe ends the process, and so does the first after each restart. */
function exitAtFirstRequest() {
  subscribe('http.server.request.start', ({ request }) => {
    if (request.url.startsWith('/health')) return;
    const id = request.headers['x-request-id'];
    writeSync(1, `${JSON.stringify({ event: 'exits', id, atMs: Date.now() })}\n`);
    process.exit(1);
  });
}

const fault = process.env.DETECT_FAULT;
if (!Object.hasOwn(defects, fault)) throw new Error(`no such fault: ${fault}`);
if (fault === 'exits') exitAtFirstRequest();
revision.defect = defects[fault];
require('./server.js');

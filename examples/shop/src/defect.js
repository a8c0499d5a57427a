'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/**
 * What is wrong with a bad revision: of every `per` requests `failing` are answered 500, at places that a seeded
 * generator draws anew for each batch (so the share is exact and the failures are spread), and each request waits
 * `msPerConcurrent` for every request in progress, itself included, up to `longestMs`. With null nothing is wrong.
 */
function createDefect(defect) {
  if (defect === null) return { around: (work) => work() };
  const strikes = createStrikes(defect);
  let inProgress = 0;

  async function around(work) {
    inProgress += 1;
    try {
      await sleep(Math.min(defect.longestMs, defect.msPerConcurrent * inProgress));
      return strikes()
        ? { status: 500, body: { error: 'the stock table is locked' } }
        : await work();
    } finally {
      inProgress -= 1;
    }
  }

  return { around };
}

function createStrikes({ failing, per, seed }) {
  const random = createRandom(seed);
  let batch = [];
  return () => {
    if (batch.length === 0) batch = drawBatch(failing, per, random);
    return batch.pop();
  };
}

function drawBatch(failing, per, random) {
  const batch = Array(per).fill(false);
  for (let left = failing; left > 0;) {
    const place = Math.floor(random() * per);
    if (batch[place]) continue;
    batch[place] = true;
    left -= 1;
  }
  return batch;
}

/** Park and Miller's generator: the same seed gives the same failures at the same places. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

module.exports = { createDefect };

'use strict';

require('../../test/support/typescript.cjs');
const { reportOnSeed } = require('../../test/support/simulator/seed-report.ts');

/** A process that runs the seeds that it is sent, one after the other, and answers each with its report. */
process.on('message', async (seed) => process.send(await reportOnSeed(seed)));
process.on('disconnect', () => process.exit());

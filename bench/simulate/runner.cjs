'use strict';

require('../../test/support/typescript.cjs');
const { reportOnSeed } = require('../../test/support/simulator/seed-report.ts');

/** A process that runs the seeds that it is sent, one after the other, and answers each with its report. */
process.on('message', async (seed) => process.send(await reportOnSeed(seed)));
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group: who sends the seeds says when it is over.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);

import { askForRollback, midBake } from '../acts.mjs';

/** @type {import('../scenarios.mjs').Scenario} */
export const rollingUndone = {
  name: 'rolling-undone',
  revision: 4,
  strategy: 'rolling',
  expected: 'rolled-back',
  approval: false,
  story: 'revision 4 again, taken back after its first batch: the same batches the other way round',
  acts: [askForRollback(midBake)],
};

import { afterTheSwitch, askForRollback } from '../acts.mjs';

/** @type {import('../scenarios.mjs').Scenario} */
export const recreateUndone = {
  name: 'recreate-undone',
  revision: 2,
  strategy: 'recreate',
  expected: 'rolled-back',
  approval: false,
  story: 'revision 2 again, taken back after the switch: the same gap the other way round',
  acts: [askForRollback(afterTheSwitch)],
};

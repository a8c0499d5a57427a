import { askForRollback, midBake } from '../acts.mjs';

/** @type {import('../scenarios.mjs').Scenario} */
export const rollbackRequested = {
  name: 'rollback-requested',
  revision: 1,
  strategy: 'canary',
  expected: 'rolled-back',
  approval: false,
  story: 'a canary back to revision 1, and a person who changes their mind in mid-bake',
  acts: [askForRollback(midBake)],
};

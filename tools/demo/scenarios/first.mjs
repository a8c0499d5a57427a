import { startLoad } from '../acts.mjs';

/** @type {import('../scenarios.mjs').Scenario} */
export const first = {
  name: 'first',
  revision: 1,
  strategy: 'blue-green',
  expected: 'succeeded',
  approval: false,
  story: 'revision 1, the first ever; the load begins as soon as the router answers',
  acts: [startLoad],
};

/** @type {import('../scenarios.mjs').Scenario} */
export const canaryBad = {
  name: 'canary-bad',
  revision: 3,
  strategy: 'canary',
  expected: 'rolled-back',
  approval: false,
  story: 'revision 3 fails 8 % of its requests; nobody tells Belay, its criteria find out',
  acts: [],
  isReported: true,
};

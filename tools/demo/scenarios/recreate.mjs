/** @type {import('../scenarios.mjs').Scenario} */
export const recreate = {
  name: 'recreate',
  revision: 4,
  strategy: 'recreate',
  expected: 'succeeded',
  approval: false,
  story: 'revision 2 stops before revision 4 starts; meanwhile requests wait at the router',
  acts: [],
};

/** @type {import('../scenarios.mjs').Scenario} */
export const blueGreen = {
  name: 'blue-green',
  revision: 2,
  strategy: 'blue-green',
  expected: 'succeeded',
  approval: false,
  story: 'revision 2 beside revision 1, then all traffic at once',
  acts: [],
};

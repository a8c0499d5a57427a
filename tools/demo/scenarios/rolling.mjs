/** @type {import('../scenarios.mjs').Scenario} */
export const rolling = {
  name: 'rolling',
  revision: 2,
  strategy: 'rolling',
  expected: 'succeeded',
  approval: false,
  story:
    'revision 2 takes the place of revision 4 instance by instance; the traffic follows the instances',
  acts: [],
};

import { approve, killWorkerInMidBake } from '../acts.mjs';

/** @type {import('../scenarios.mjs').Scenario} */
export const canaryApproved = {
  name: 'canary-approved',
  revision: 4,
  strategy: 'canary',
  expected: 'succeeded',
  approval: true,
  story: 'revision 4 after an approval; its worker is killed in mid-bake and started again',
  acts: [approve, killWorkerInMidBake],
};

import { nothingIsTouched } from '../acts.mjs';

/** @type {import('../scenarios.mjs').Scenario} */
export const blocked = {
  name: 'blocked',
  revision: 5,
  strategy: 'canary',
  expected: 'blocked',
  approval: false,
  story: 'revision 5 carries a token in its .env and a lodash of years ago; it never starts',
  acts: [nothingIsTouched],
};

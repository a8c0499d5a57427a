import { blocked } from './scenarios/blocked.mjs';
import { blueGreen } from './scenarios/blue-green.mjs';
import { canaryApproved } from './scenarios/canary-approved.mjs';
import { canaryBad } from './scenarios/canary-bad.mjs';
import { first } from './scenarios/first.mjs';
import { recreate } from './scenarios/recreate.mjs';
import { recreateUndone } from './scenarios/recreate-undone.mjs';
import { rollbackRequested } from './scenarios/rollback-requested.mjs';
import { rolling } from './scenarios/rolling.mjs';
import { rollingUndone } from './scenarios/rolling-undone.mjs';

/**
 * The deployments, in order: each finds what the one before it has left. `acts` is what happens to one on its way;
 * `expected` is its outcome; of one that `isReported` a page is written.
 *
 * @typedef {{name: string, revision: 1 | 2 | 3 | 4 | 5, strategy: 'blue-green' | 'canary' | 'rolling' | 'recreate', expected: string, approval: boolean, story: string, acts: readonly ((scene: import('./play.mjs').Scene) => Promise<void>)[], isReported?: boolean}} Scenario
 * @type {readonly Scenario[]}
 */
export const scenarios = [
  first,
  blueGreen,
  blocked,
  canaryBad,
  canaryApproved,
  rollbackRequested,
  rolling,
  rollingUndone,
  recreate,
  recreateUndone,
];

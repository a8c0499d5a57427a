import { approve, askForRollback, killWorkerInMidBake, startLoad } from './acts.mjs';

/**
 * The five deployments, in order. `acts` is what happens to one on its way; `expected` is its outcome.
 *
 * @typedef {{name: string, revision: 1 | 2 | 3 | 4, strategy: 'blue-green' | 'canary', expected: string, approval: boolean, story: string, acts: readonly ((scene: import('./play.mjs').Scene) => Promise<void>)[]}} Scenario
 * @type {readonly Scenario[]}
 */
export const scenarios = [
  {
    name: 'first',
    revision: 1,
    strategy: 'blue-green',
    expected: 'succeeded',
    approval: false,
    story: 'revision 1, the first ever; the load begins as soon as the router answers',
    acts: [startLoad],
  },
  {
    name: 'blue-green',
    revision: 2,
    strategy: 'blue-green',
    expected: 'succeeded',
    approval: false,
    story: 'revision 2 beside revision 1, then all traffic at once',
    acts: [],
  },
  {
    name: 'canary-bad',
    revision: 3,
    strategy: 'canary',
    expected: 'rolled-back',
    approval: false,
    story: 'revision 3 fails 8 % of its requests; nobody tells Belay, its criteria find out',
    acts: [],
  },
  {
    name: 'canary-approved',
    revision: 4,
    strategy: 'canary',
    expected: 'succeeded',
    approval: true,
    story: 'revision 4 after an approval; its worker is killed in mid-bake and started again',
    acts: [approve, killWorkerInMidBake],
  },
  {
    name: 'rollback-requested',
    revision: 1,
    strategy: 'canary',
    expected: 'rolled-back',
    approval: false,
    story: 'a canary back to revision 1, and a person who changes their mind in mid-bake',
    acts: [askForRollback],
  },
];

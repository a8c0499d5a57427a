/**
 * The four strategies, each with what it writes into its `belay.yaml` and the ways its deployments go, in this order and
 * then again from the first: `forward` to its end, the others are taken back by a person at that moment.
 *
 * @typedef {'forward' | 'split' | 'switched' | 'batch' | 'gap' | 'warm'} Way
 * @typedef {{name: string, key: string, block: string, ways: readonly Way[]}} Strategy
 * @type {readonly Strategy[]}
 */
export const STRATEGIES = [
  {
    name: 'blue-green',
    key: 'blueGreen',
    block: '',
    ways: ['forward', 'switched', 'warm'],
  },
  {
    name: 'canary',
    key: 'canary',
    block: `canary:
  steps:
    - { weight: 10, bake: { least: 4, longest: 60 } }
    - { weight: 50, bake: { least: 4, longest: 60 } }
`,
    ways: ['forward', 'split', 'warm'],
  },
  {
    name: 'rolling',
    key: 'rolling',
    block: `rolling:
  pause: { least: 4, longest: 60 }
`,
    ways: ['forward', 'batch', 'warm'],
  },
  {
    name: 'recreate',
    key: 'recreate',
    // A download of 30 s cannot survive a process that must be gone before the next one starts.
    block: `recreate:
  queue: 8
  overlap: answers
`,
    ways: ['forward', 'gap', 'switched', 'warm'],
  },
];

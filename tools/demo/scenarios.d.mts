/** The deployments of the demo, in order. */
export const scenarios: readonly {
  readonly name: string;
  readonly revision: 1 | 2 | 3 | 4;
  readonly strategy: 'blue-green' | 'canary' | 'rolling' | 'recreate';
  readonly expected: string;
}[];

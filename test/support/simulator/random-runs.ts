import { seededRun } from './seeded-run';

const RANDOM_RUNS = 2_080;
const RUNS_PER_TEST = 52;

/** One half of the random runs, some to a test; `BELAY_SEED` runs one alone. */
export function testRandomRuns(half: 'first' | 'second'): void {
  const { BELAY_SEED: one } = process.env;
  const groups = one === undefined ? groupsOf(half) : [[Number(one)]];
  test.each(groups.map((seeds) => ({ from: seeds[0], to: seeds.at(-1), seeds })))(
    'seeds $from to $to keep every invariant, killed and rebuilt on the way',
    async ({ seeds }) => {
      const outcomes: (string | null)[] = [];
      for (const seed of seeds) outcomes.push((await seededRun(seed)).status.outcome);
      expect(outcomes).not.toContain(null);
    },
  );
}

function groupsOf(half: 'first' | 'second'): readonly (readonly number[])[] {
  const groups = Array.from({ length: RANDOM_RUNS / RUNS_PER_TEST }, (_one, group) =>
    Array.from({ length: RUNS_PER_TEST }, (_seed, index) => group * RUNS_PER_TEST + index + 1),
  );
  const middle = groups.length / 2;
  return half === 'first' ? groups.slice(0, middle) : groups.slice(middle);
}

import { seededLine } from '../support/simulator/line/checked-line';

const LINES = 240;
const LINES_PER_TEST = 24;

const { BELAY_SEED: one } = process.env;
const groups =
  one === undefined
    ? Array.from({ length: LINES / LINES_PER_TEST }, (_group, group) =>
        Array.from(
          { length: LINES_PER_TEST },
          (_seed, index) => group * LINES_PER_TEST + index + 1,
        ),
      )
    : [[Number(one)]];

test.each(groups.map((seeds) => ({ from: seeds[0], to: seeds.at(-1), seeds })))(
  'lines of the seeds $from to $to keep every invariant',
  async ({ seeds }) => {
    let started = 0;
    for (const seed of seeds) started += (await seededLine(seed)).deployments.length;
    expect(started).toBeGreaterThan(0);
  },
);

import { seededLine } from '../support/simulator/line/checked-line';
import { randomScenario } from '../support/simulator/random-scenario';
import { prefixesOf, replayFailures, type NamedHistory } from '../support/simulator/replay';
import { PLAIN } from '../support/simulator/scenario';
import { simulate } from '../support/simulator/simulate';

/** Every fortieth of the seeds that the workflow tests run. */
const SEEDS = Array.from({ length: 52 }, (_one, index) => 1 + index * 40);
const WITH_PREFIXES = 4;
const LINES = [1, 2, 3, 4, 5, 6];

async function historyOf(seed: number): Promise<NamedHistory> {
  const { events } = await simulate({ ...randomScenario(seed), isKilledAt: () => false });
  return { name: `seed ${seed}`, events };
}

async function historiesOfLine(seed: number): Promise<readonly NamedHistory[]> {
  const { lines, deployments } = await seededLine(seed);
  return [...lines, ...deployments].map(({ history, options }, index) => ({
    name: `${options.identity.workflowType} ${index + 1} of seed ${seed}`,
    events: history.events,
  }));
}

test('simulated histories replay through the public API: what the simulator believes of the server holds', async () => {
  const histories: NamedHistory[] = [];
  for (const seed of SEEDS) histories.push(await historyOf(seed));
  expect(await replayFailures(histories)).toEqual([]);
});

test('so do those of a line and of the deployments that it starts', async () => {
  const histories: NamedHistory[] = [];
  for (const seed of LINES) histories.push(...(await historiesOfLine(seed)));
  expect(histories.length).toBeGreaterThan(2 * LINES.length);
  expect(await replayFailures(histories)).toEqual([]);
});

test('so does every prefix at a workflow task: a worker may take a run over anywhere', async () => {
  const prefixes: NamedHistory[] = [];
  for (const seed of SEEDS.slice(0, WITH_PREFIXES))
    prefixes.push(...prefixesOf(await historyOf(seed)));
  expect(prefixes.length).toBeGreaterThan(20);
  expect(await replayFailures(prefixes)).toEqual([]);
});

test('a history that the code does not follow is reported', async () => {
  const { events } = await simulate(PLAIN);
  const tampered = events.map((event) =>
    event.activityTaskScheduledEventAttributes?.activityType?.name === 'claimTarget'
      ? {
          ...event,
          activityTaskScheduledEventAttributes: {
            ...event.activityTaskScheduledEventAttributes,
            activityType: { name: 'smokeTest' },
          },
        }
      : event,
  );
  const [failure] = await replayFailures([{ name: 'tampered', events: tampered }]);
  expect(failure?.problem).toMatch(/nondeterminism|non-determinism|does not match/i);
});

import { checkLine } from './line-invariants';
import { CALM_LINE, randomLineScenario, type LineScenario } from './line-scenario';
import { simulateLine, type LineSimulation } from './simulate-line';

/** Simulates it; fails when any invariant is broken, naming the seed. */
export async function checkedLine(
  change: Partial<LineScenario> & Pick<LineScenario, 'newcomers'>,
): Promise<LineSimulation> {
  const simulation = await simulateLine({ ...CALM_LINE, ...change });
  const violations = await checkLine(simulation);
  if (violations.length === 0) return simulation;
  const told = violations.map(({ invariant, detail }) => `  ${invariant}: ${detail}`).join('\n');
  throw new Error(
    `the line of seed ${simulation.scenario.seed} breaks\n${told}\n${storyOf(simulation)}`,
  );
}

/** The random line of a seed. @throws Error that names the seed */
export async function seededLine(seed: number): Promise<LineSimulation> {
  try {
    return await checkedLine(randomLineScenario(seed));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`BELAY_SEED=${seed} shows it again\n${reason}`, { cause: error });
  }
}

/** What happened, for whoever has to find out why. */
function storyOf({ stories, startedAtMs, world }: LineSimulation): string {
  const since = (ms: number | null | undefined): string =>
    ms == null ? '-' : `${ms - startedAtMs} ms`;
  const newcomers = stories.map(
    ({ newcomer, joinedAtMs, lineEnd, client, runs, status }) =>
      `  ${newcomer.kind} ${newcomer.deploymentId.slice(-2)} at ${newcomer.atMs} ms (${newcomer.artifact}, ${newcomer.strategy.kind}): ` +
      `joined ${since(joinedAtMs)}, line ${JSON.stringify(lineEnd)}, client ${JSON.stringify(client)}, ` +
      `started ${since(runs[0]?.options.identity.startedAtMs)}, ${status?.outcome ?? 'no outcome'} ${since(status?.endedAtMs)}: ${status?.cause ?? ''}`,
  );
  const journal = world.target.journal
    .filter(({ repeat }) => !repeat)
    .map(
      ({ atMs, effect, epoch, n, detail }) =>
        `  ${since(atMs)} ${effect} ${epoch}/${n ?? '-'} ${JSON.stringify(detail).slice(0, 150)}`,
    );
  return [...newcomers, ...journal].join('\n');
}

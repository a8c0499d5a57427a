import { checkInvariants } from './invariants';
import { PLAIN, type Scenario } from './scenario';
import { simulate, type Simulation } from './simulate';

/** Simulates {@link PLAIN} with these changes; fails when any invariant is broken, naming the seed. */
export async function checked(change: Partial<Scenario> = {}): Promise<Simulation> {
  const scenario = { ...PLAIN, ...change };
  const simulation = await simulate(scenario);
  const violations = await checkInvariants(simulation);
  if (violations.length === 0) return simulation;
  const told = violations.map(({ invariant, detail }) => `  ${invariant}: ${detail}`).join('\n');
  throw new Error(`seed ${scenario.seed} breaks\n${told}\n${storyOf(simulation)}`);
}

/** What happened, for whoever has to find out why. */
export function storyOf({ status, world }: Simulation): string {
  const journal = world.target.journal.map(
    ({ atMs, effect, epoch, n, detail }) =>
      `  ${atMs - status.startedAtMs} ms ${effect} ${epoch}/${n ?? '-'} ${JSON.stringify(detail).slice(0, 160)}`,
  );
  const decisions = status.decisions.map(
    ({ receivedAtMs, kind, sentence }) =>
      `  ${receivedAtMs - status.startedAtMs} ms ${kind}: ${sentence}`,
  );
  return [
    `outcome ${status.outcome}: ${status.cause}`,
    ...status.alerts.map((alert) => `  alert: ${alert}`),
    ...status.leftBehind.map((name) => `  left behind: ${name}`),
    ...decisions,
    ...journal,
  ].join('\n');
}

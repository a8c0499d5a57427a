import { checked } from './checked';
import { Random } from './random';
import { randomScenario } from './random-scenario';
import type { Scenario } from './scenario';
import type { Simulation } from './simulate';

/**
 * The random run of a seed, checked. Every run is killed at least once on its way; one in a hundred before every
 * workflow task. @throws Error that names the seed, where an invariant is broken or the run does not end
 */
export async function seededRun(seed: number): Promise<Simulation> {
  try {
    const scenario = randomScenario(seed);
    const simulation = await checked(scenario);
    return simulation.kills > 0 ? simulation : await killedOnce(scenario, simulation);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`BELAY_SEED=${seed} shows it again\n${reason}`, { cause: error });
  }
}

/** It ended before its kill came: the same again, killed while it lasts. */
async function killedOnce(scenario: Scenario, { tasks }: Simulation): Promise<Simulation> {
  const at = new Random(scenario.seed).fork('kill').between(2, Math.max(2, tasks));
  return checked({ ...scenario, isKilledAt: (task) => task === at });
}

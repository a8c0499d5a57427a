import type { ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import { shortDigest, type Digest } from '../domain/revision';
import type { FleetState, InstanceState } from '../domain/target-state';
import { pause, type Running } from './activity-context';
import type { ActivityDependencies } from './dependencies';

export interface AwaitHealthyInput {
  readonly ref: ServiceRef;
  readonly revision: Digest;
  readonly size: number;
  readonly deadlineAtMs: number;
}

const LOOK_EVERY_MS = 200;
/** An instance that ended this often will not come up by waiting. */
const HOPELESS_AFTER_RESTARTS = 3;

/** Waits until every instance is healthy; fails early where one keeps ending, with its last lines. */
export async function awaitHealthy(
  deps: ActivityDependencies,
  input: AwaitHealthyInput,
  { signal, heartbeat }: Running,
): Promise<FleetState> {
  const before = new Map<string, number>();
  for (;;) {
    const fleet = find(await deps.fleet.describe(input.ref, signal), input.revision);
    if (fleet !== null && fleet.healthy >= input.size) return fleet;
    heartbeat({ healthy: fleet?.healthy ?? 0, of: input.size });
    const hopeless = fleet?.instances.find((instance) => isHopeless(instance, before));
    if (fleet && hopeless) throw startFailed(fleet, hopeless);
    if (deps.clock() >= input.deadlineAtMs) throw neverHealthy(fleet, input);
    await pause(LOOK_EVERY_MS, signal);
  }
}

function find(fleets: readonly FleetState[], revision: Digest): FleetState | null {
  return fleets.find((fleet) => fleet.revision === revision) ?? null;
}

/** Restarts of long ago say nothing about this start: only those since the wait began count. */
function isHopeless({ id, health, restarts }: InstanceState, before: Map<string, number>): boolean {
  const earlier = before.get(id) ?? restarts;
  before.set(id, earlier);
  return health === 'crashed' && restarts - earlier >= HOPELESS_AFTER_RESTARTS;
}

function startFailed(fleet: FleetState, instance: InstanceState): BelayError {
  return new BelayError(
    'INSTANCE_START_FAILED',
    `Instance ${instance.id} of ${shortDigest(fleet.revision)} ended ${instance.restarts + 1} times ` +
      `(${instance.problem ?? 'no reason known'}); it never got traffic.${lastLines(fleet)}`,
    { next: 'Run the command by hand in the artifact folder, or read `belay logs`.' },
  );
}

function neverHealthy(fleet: FleetState | null, input: AwaitHealthyInput): BelayError {
  const problem = fleet?.instances.find(({ problem: found }) => found !== null)?.problem;
  return new BelayError(
    'INSTANCE_UNHEALTHY',
    `${fleet?.healthy ?? 0} of ${input.size} instances of ${shortDigest(input.revision)} became healthy in time` +
      `${problem ? ` (${problem})` : ''}; it never got traffic.${fleet ? lastLines(fleet) : ''}`,
    { next: 'Check `health.path` and `startWithin`, or read `belay logs`.' },
  );
}

/** A failure over 4 kB is cut by the server: the newest lines that fit well below that. */
const MOST_CHARACTERS = 2_400;
const LINE_LENGTH = 200;

function lastLines({ lastLines: lines }: FleetState): string {
  if (lines.length === 0) return ' It wrote nothing.';
  const shown: string[] = [];
  let characters = 0;
  for (const line of [...lines].reverse()) {
    const cut = line.slice(0, LINE_LENGTH);
    characters += cut.length;
    if (characters > MOST_CHARACTERS) break;
    shown.unshift(cut);
  }
  return ` Its last lines:\n${shown.join('\n')}\n`;
}

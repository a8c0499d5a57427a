import { replayFailures } from './replay';
import { seededRun } from './seeded-run';

/** What became of the random run of one seed. */
export interface SeedReport {
  readonly seed: number;
  /** Null: nothing was wrong. */
  readonly problem: string | null;
  readonly tasks: number;
  readonly kills: number;
  readonly isReplayed: boolean;
}

const REPLAY_EVERY = 20;

/** Runs it; one in twenty is also replayed through the SDK's public API. Never rejects. */
export async function reportOnSeed(seed: number): Promise<SeedReport> {
  const isReplayed = seed % REPLAY_EVERY === 0;
  try {
    const { events, tasks, kills } = await seededRun(seed);
    const problem = isReplayed ? await replayProblem(seed, events) : null;
    return { seed, problem, tasks, kills, isReplayed };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { seed, problem, tasks: 0, kills: 0, isReplayed: false };
  }
}

async function replayProblem(
  seed: number,
  events: Parameters<typeof replayFailures>[0][number]['events'],
): Promise<string | null> {
  const [failure] = await replayFailures([{ name: `seed ${seed}`, events }]);
  return failure === undefined ? null : `its history does not replay: ${failure.problem}`;
}

import { replayFailures } from './replay';
import { seededLine } from './line/checked-line';
import { seededRun } from './seeded-run';
import type { WorkflowRun } from './workflow-run';

/** What became of the random deployment, or line of deployments, of one seed. */
export interface SeedReport {
  readonly seed: number;
  /** Null: nothing was wrong. */
  readonly problem: string | null;
  readonly tasks: number;
  readonly kills: number;
  readonly isReplayed: boolean;
}

const REPLAY_EVERY = 20;
const LINE_EVERY = 8;

/**
 * Runs it: of each eight one is a line, the others are single deployments. One in twenty is also replayed through the
 * SDK's public API. Never rejects.
 */
export async function reportOnSeed(seed: number): Promise<SeedReport> {
  const isReplayed = seed % REPLAY_EVERY === 0;
  try {
    const runs = seed % LINE_EVERY === 0 ? await runsOfLine(seed) : [(await seededRun(seed)).run];
    const problem = isReplayed ? await replayProblem(seed, runs) : null;
    const sum = (of: (run: WorkflowRun) => number): number =>
      runs.reduce((total, run) => total + of(run), 0);
    const tasks = sum((run) => run.tasks);
    const kills = sum((run) => run.kills);
    return { seed, problem, tasks, kills, isReplayed };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { seed, problem, tasks: 0, kills: 0, isReplayed: false };
  }
}

async function runsOfLine(seed: number): Promise<readonly WorkflowRun[]> {
  const { lines, deployments } = await seededLine(seed);
  return [...lines, ...deployments];
}

async function replayProblem(seed: number, runs: readonly WorkflowRun[]): Promise<string | null> {
  const histories = runs.map(({ history, options }) => ({
    name: `${options.identity.workflowType} of seed ${seed}`,
    events: history.events,
  }));
  const [failure] = await replayFailures(histories);
  return failure === undefined ? null : `${failure.name} does not replay: ${failure.problem}`;
}

import { WORKFLOW_TASK_QUEUE } from '../../../src/domain/deployment';
import type { SimulatedActivities } from './activity-attempt';
import { ActivityServer } from './activity-server';
import type { Chaos } from './chaos';
import type { Random } from './random';
import type { WorkflowCommand, WorkflowIdentity } from './sandbox';
import type { VirtualTime } from './virtual-time';
import { WorkflowRun } from './workflow-run';

interface Means {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly chaos: Chaos;
  readonly activities: SimulatedActivities;
}

export interface StartOrder {
  readonly workflowId: string;
  readonly workflowType: string;
  readonly input: readonly unknown[];
  readonly isKilledAt: (task: number) => boolean;
  /** Each run is told to continue as new once its history is longer. */
  readonly suggestedEvents: number;
  readonly afterTask: (run: WorkflowRun, commands: readonly WorkflowCommand[]) => Promise<void>;
}

/** Temporal: its workflows and their workers, all on one virtual clock. A workflow's id has at most one open run. */
export class SimulatedServer {
  /** Every run so far, oldest first. */
  readonly runs: WorkflowRun[] = [];
  private readonly activityServers: ActivityServer[] = [];
  private readonly startedAtMs: number;

  constructor(private readonly means: Means) {
    this.startedAtMs = means.time.nowMs;
  }

  /** Attempts of activities, of all runs. */
  get attempts(): number {
    return this.activityServers.reduce((sum, { attempts }) => sum + attempts, 0);
  }

  /** Null: a run with this id is open. */
  start(order: StartOrder): WorkflowRun | null {
    if (this.newest(order.workflowId)?.end === null) return null;
    const { time, random, chaos, activities } = this.means;
    const identity = this.identityOf(order);
    const chances = random.fork(identity.runId);
    const run: WorkflowRun = new WorkflowRun(
      {
        identity,
        input: order.input,
        time,
        random: chances.fork('tasks'),
        chaos,
        chaosFromMs: this.startedAtMs,
        suggestedEvents: order.suggestedEvents,
        isKilledAt: order.isKilledAt,
        afterTask: async (_task, commands) => {
          await order.afterTask(run, commands);
          if (run.end?.kind === 'continued') this.start({ ...order, input: run.end.input });
        },
      },
      () => server,
    );
    const server = new ActivityServer({
      activities,
      time,
      random: chances.fork('activities'),
      chaos,
      chaosFromMs: this.startedAtMs,
      onClosed: (task, closing) => run.activityClosed(task, closing),
    });
    this.runs.push(run);
    this.activityServers.push(server);
    run.start();
    return run;
  }

  /** The newest run with this id, open or not. */
  newest(workflowId: string): WorkflowRun | null {
    return this.runs.findLast(({ options }) => options.identity.workflowId === workflowId) ?? null;
  }

  async dispose(): Promise<void> {
    for (const run of this.runs) await run.dispose();
  }

  private identityOf({ workflowId, workflowType }: StartOrder): WorkflowIdentity {
    const number = this.runs.length + 1;
    const seed = this.means.random.fork(`randomness ${number}`);
    return {
      workflowId,
      workflowType,
      runId: `run-${number}`,
      taskQueue: WORKFLOW_TASK_QUEUE,
      startedAtMs: this.means.time.nowMs,
      randomnessSeed: Array.from({ length: 8 }, () => seed.between(0, 255)),
    };
  }
}

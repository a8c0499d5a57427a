import type { DeploymentStatus } from '../../../src/domain/status';
import { deployWorkflowId } from '../../../src/domain/deployment';
import { Happenings, type SentDecision } from './happenings';
import type { HistoryEvent } from './history';
import { Random } from './random';
import { REF, requestOf, type Scenario } from './scenario';
import { SimulatedServer } from './simulated-server';
import { buildWorld, type SimulatedWorld } from './simulated-world';
import { VirtualTime } from './virtual-time';
import { withVirtualTimers } from './virtual-timers';
import { StatusWatch } from './status-watch';
import { TargetWatch, type Violation } from './target-watch';
import type { RunEnd } from './workflow-end';
import type { WorkflowRun } from './workflow-run';

export interface Simulation {
  readonly scenario: Scenario;
  readonly end: RunEnd;
  readonly status: DeploymentStatus;
  readonly world: SimulatedWorld;
  readonly run: WorkflowRun;
  readonly events: readonly HistoryEvent[];
  readonly tasks: number;
  readonly kills: number;
  readonly attempts: number;
  readonly virtualMs: number;
  /** What was wrong while it ran; see `invariants.ts` for what is wrong in the end. */
  readonly violations: readonly Violation[];
  readonly sent: readonly SentDecision[];
  readonly endedAtMs: number;
}

const STARTED_AT_MS = Date.UTC(2026, 0, 5, 9, 30, 0, 417);
/** No wait without a deadline: whatever happens, a deployment ends within this time. */
const LONGEST_MS = 48 * 3_600_000;

/** Runs one deployment from its start to its end, and on until no late effect can come any more. */
export async function simulate(scenario: Scenario): Promise<Simulation> {
  const random = new Random(scenario.seed);
  const time = new VirtualTime(STARTED_AT_MS, random.fork('order'));
  return withVirtualTimers(time, () => run(scenario, { random, time }));
}

interface Means {
  readonly random: Random;
  readonly time: VirtualTime;
}

async function run(scenario: Scenario, { random, time }: Means): Promise<Simulation> {
  const clock = (): number => time.nowMs;
  const world = await buildWorld({ scenario, clock, random: random.fork('world') });
  const targetWatch = new TargetWatch(scenario, world, clock);
  const statusWatch = new StatusWatch(clock);
  const happenings = new Happenings({ scenario, world, time });
  const server = new SimulatedServer({
    time,
    random: random.fork('server'),
    chaos: scenario.chaos,
    activities: { ...world.activities },
  });
  const workflow = server.start({
    workflowId: deployWorkflowId(REF),
    workflowType: 'deploy',
    input: [requestOf(scenario, STARTED_AT_MS)],
    isKilledAt: scenario.isKilledAt,
    suggestedEvents: Infinity,
    afterTask: async (run, commands) => {
      const status = (await run.query('status')) as DeploymentStatus;
      targetWatch.strategy = status.strategy;
      statusWatch.afterTask(status, commands);
      happenings.look(status, run);
    },
  });
  if (workflow === null) throw new Error('unreachable: nothing else runs');
  let endedAtMs = Number.NaN;
  try {
    while (await time.step()) {
      await targetWatch.look();
      if (workflow.end !== null) {
        if (Number.isNaN(endedAtMs)) endedAtMs = time.nowMs;
        continue;
      }
      if (!workflow.isWaitingForSomething) throw new Error('nothing would ever wake the workflow');
      if (time.nowMs - STARTED_AT_MS > LONGEST_MS) throw new Error('it does not end');
    }
    if (workflow.end === null) throw new Error('nothing happens any more, and it has not ended');
    const status = (await workflow.query('status')) as DeploymentStatus;
    return {
      scenario,
      end: workflow.end,
      status,
      world,
      run: workflow,
      events: workflow.history.events,
      tasks: workflow.tasks,
      kills: workflow.kills,
      attempts: server.attempts,
      virtualMs: time.nowMs - STARTED_AT_MS,
      violations: [...targetWatch.violations, ...statusWatch.violations],
      sent: happenings.sent,
      endedAtMs,
    };
  } finally {
    await server.dispose();
  }
}

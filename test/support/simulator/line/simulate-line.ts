import { createLineActivities } from '../../../../src/activities/line';
import { revisionOf } from '../../../../src/activities/checks/store-artifact';
import { deployWorkflowId, type DeploymentRequest } from '../../../../src/domain/deployment';
import type { LineEnd } from '../../../../src/domain/line/line-end';
import { lineWorkflowId } from '../../../../src/domain/line/line-entry';
import type { LineView } from '../../../../src/domain/line/line-view';
import type { DeploymentStatus } from '../../../../src/domain/status';
import { createDeploymentRuns } from '../../../../src/workers/deployment-runs';
import { Random } from '../random';
import { PLAIN, REF, RUN } from '../scenario';
import { SimulatedServer, type StartOrder } from '../simulated-server';
import { buildWorld, type SimulatedWorld } from '../simulated-world';
import { StatusWatch } from '../status-watch';
import { TargetWatch, type Violation } from '../target-watch';
import { VirtualTime } from '../virtual-time';
import { withVirtualTimers } from '../virtual-timers';
import type { WorkflowRun } from '../workflow-run';
import { leave, runClient, type ClientEnd } from './line-client';
import { BAD_ARTIFACT, type LineScenario, type Newcomer } from './line-scenario';
import { packFirst, requestFor } from './requests';
import { simulatedRuns } from './simulated-runs';

/** What became of one newcomer. */
export interface Story {
  readonly newcomer: Newcomer;
  /** False: it wanted to go back, and there was nothing to go back to. */
  hasAsked: boolean;
  joinedAtMs: number | null;
  /** Null: it died, or was never told. */
  client: ClientEnd | null;
  /** What the line says of it; null: it never stood there. */
  lineEnd: LineEnd | null;
  readonly runs: WorkflowRun[];
  status: DeploymentStatus | null;
}

export interface LineSimulation {
  readonly scenario: LineScenario;
  readonly world: SimulatedWorld;
  readonly stories: readonly Story[];
  readonly lines: readonly WorkflowRun[];
  readonly deployments: readonly WorkflowRun[];
  /** Who still waits in the end. */
  readonly left: readonly string[];
  readonly violations: readonly Violation[];
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

const STARTED_AT_MS = Date.UTC(2026, 0, 5, 9, 30, 0, 417);
const LONGEST_MS = 24 * 3_600_000;
/** Longer than any fleet stands by. */
const AFTERMATH_MS = 30 * 60_000;
const NEVER = new AbortController().signal;

/** Runs the line, its deployments and its clients until nothing happens any more. */
export async function simulateLine(scenario: LineScenario): Promise<LineSimulation> {
  const random = new Random(scenario.seed);
  const time = new VirtualTime(STARTED_AT_MS, random.fork('order'));
  return withVirtualTimers(time, () => new LineRun(scenario, random, time).play());
}

class LineRun {
  private readonly stories: Story[];
  private readonly watches: StatusWatch[] = [];
  private readonly problems: Violation[] = [];
  private newestView: LineView | null = null;

  constructor(
    private readonly scenario: LineScenario,
    private readonly random: Random,
    private readonly time: VirtualTime,
  ) {
    this.stories = scenario.newcomers.map((newcomer) => ({
      newcomer,
      hasAsked: false,
      joinedAtMs: null,
      client: null,
      lineEnd: null,
      runs: [],
      status: null,
    }));
  }

  async play(): Promise<LineSimulation> {
    const { scenario, random, time } = this;
    const { chaos } = scenario;
    const clock = (): number => time.nowMs;
    const base = { ...PLAIN, seed: scenario.seed, chaos };
    const world = await buildWorld({ scenario: base, clock, random: random.fork('world') });
    await packFirst(world, time.nowMs);
    await letFail(world, BAD_ARTIFACT);
    const activities = { ...world.activities };
    const server = new SimulatedServer({ time, random: random.fork('server'), chaos, activities });
    const runs = simulatedRuns({
      server,
      time,
      random: random.fork('calls'),
      failing: chaos.failsBefore,
      deploy: (request) => this.deployOrder(request),
      line: () => this.lineOrder(),
      onJoined: (deploymentId) => this.joined(deploymentId),
    });
    Object.assign(
      activities,
      createLineActivities({ deployments: createDeploymentRuns(runs), clock }),
    );
    for (const story of this.stories) {
      const { newcomer } = story;
      time.after(newcomer.atMs, () => this.come(story, { world, runs }));
      if (newcomer.leavesAfterMs !== null)
        time.after(newcomer.atMs + newcomer.leavesAfterMs, () => void leave(newcomer, runs));
    }
    const targetWatch = new TargetWatch(base, world, clock);
    try {
      await this.pass(targetWatch);
      const endedAtMs = time.nowMs;
      time.after(AFTERMATH_MS, () => undefined);
      await this.pass(targetWatch);
      for (const run of server.runs) this.noteRun(run);
      return {
        scenario,
        world,
        stories: this.stories,
        lines: server.runs.filter(({ options }) => options.identity.workflowType === 'line'),
        deployments: server.runs.filter(
          ({ options }) => options.identity.workflowType === 'deploy',
        ),
        left: this.newestView?.waiting.map(({ deploymentId }) => deploymentId) ?? [],
        violations: [
          ...this.problems,
          ...targetWatch.violations,
          ...this.watches.flatMap(({ violations }) => violations),
        ],
        startedAtMs: STARTED_AT_MS,
        endedAtMs,
      };
    } finally {
      await server.dispose();
    }
  }

  private async pass(targetWatch: TargetWatch): Promise<void> {
    const { time } = this;
    while (await time.step()) {
      await targetWatch.look();
      if (time.nowMs - STARTED_AT_MS > LONGEST_MS) throw new Error('it does not end');
    }
  }

  private async come(
    story: Story,
    { world, runs }: { world: SimulatedWorld; runs: ReturnType<typeof simulatedRuns> },
  ): Promise<void> {
    const request = await requestFor(story.newcomer, world, this.time.nowMs);
    if (request === null) return;
    story.hasAsked = true;
    void runClient(story.newcomer, request, runs).then(
      (end) => {
        story.client = end;
      },
      (error: unknown) => {
        this.problems.push({
          invariant: 'a client fails with an error of ours',
          detail: String(error),
        });
      },
    );
  }

  private deployOrder(request: DeploymentRequest): StartOrder {
    const watch = new StatusWatch(() => this.time.nowMs);
    this.watches.push(watch);
    return {
      workflowId: deployWorkflowId(REF),
      workflowType: 'deploy',
      input: [request],
      isKilledAt: this.scenario.isKilledAt,
      suggestedEvents: Infinity,
      afterTask: async (run, commands) => {
        const status = (await run.query('status')) as DeploymentStatus;
        watch.afterTask(status, commands);
        const story = this.storyOf(request.deploymentId);
        if (story !== undefined) story.status = status;
      },
    };
  }

  private lineOrder(): StartOrder {
    const { isKilledAt, suggestedEvents } = this.scenario;
    return {
      workflowId: lineWorkflowId(REF),
      workflowType: 'line',
      input: [REF],
      isKilledAt,
      suggestedEvents,
      afterTask: async (run) => {
        const view = (await run.query('line')) as LineView;
        this.newestView = view;
        for (const { deploymentId, end } of view.past) {
          const story = this.storyOf(deploymentId);
          if (story !== undefined) story.lineEnd = end;
        }
      },
    };
  }

  private joined(deploymentId: string): void {
    const story = this.storyOf(deploymentId);
    if (story !== undefined) story.joinedAtMs ??= this.time.nowMs;
  }

  private noteRun(run: WorkflowRun): void {
    if (run.options.identity.workflowType !== 'deploy') return;
    const { deploymentId } = run.options.input[0] as DeploymentRequest;
    this.storyOf(deploymentId)?.runs.push(run);
  }

  private storyOf(deploymentId: string): Story | undefined {
    return this.stories.find(({ newcomer }) => newcomer.deploymentId === deploymentId);
  }
}

async function letFail({ artifacts, target }: SimulatedWorld, path: string): Promise<void> {
  const { digest } = await artifacts.put({ kind: 'files', path, commit: null }, NEVER);
  target.behave(revisionOf(digest, RUN, null).digest, { errorRate: 0.5 });
}

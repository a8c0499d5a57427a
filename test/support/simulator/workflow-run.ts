import { coresdk, type temporal } from '@temporalio/proto';
import type { ActivityServer } from './activity-server';
import {
  awaitsCancellation,
  scheduledActivity,
  type Closing,
  type ScheduledActivity,
} from './activity-task';
import { untilPolledMs, type Chaos } from './chaos';
import { History } from './history';
import { cancelledResolution, resolutionOf, writeClosing } from './activity-events';
import { decode, encodeAll } from './payloads';
import type { Random } from './random';
import {
  createSandbox,
  fromProtoDuration,
  toProtoTime,
  type Activation,
  type ActivationJob,
  type Sandbox,
  type WorkflowCommand,
  type WorkflowIdentity,
} from './sandbox';
import { UpdateDesk } from './update-desk';
import type { VirtualTime } from './virtual-time';
import { endingOf, type RunEnd } from './workflow-end';
import { activate, replayInto, type RecordedActivation } from './workflow-recording';

export interface WorkflowRunOptions {
  readonly identity: WorkflowIdentity;
  readonly input: readonly unknown[];
  readonly time: VirtualTime;
  readonly random: Random;
  readonly chaos: Chaos;
  /** From when the times of the chaos count. */
  readonly chaosFromMs: number;
  /** The run is told to continue as new once its history is longer. */
  readonly suggestedEvents: number;
  /** Whether the workflow is thrown away and rebuilt before this workflow task (from 2 on). */
  readonly isKilledAt: (task: number) => boolean;
  readonly afterTask?: (task: number, commands: readonly WorkflowCommand[]) => Promise<void>;
}

/** One workflow run and the server's view of it: events in, workflow tasks, commands out. */
export class WorkflowRun {
  readonly history = new History();
  readonly updates = new UpdateDesk(this.history);
  end: RunEnd | null = null;
  tasks = 0;
  kills = 0;
  /** The search attributes that it has set. */
  readonly attributes = new Map<string, unknown>();
  /** Every activation so far, and what was commanded then. */
  readonly recorded: RecordedActivation[] = [];
  private sandbox: Sandbox | null = null;
  private readonly flags = new Set<number>();
  private jobs: ActivationJob[] = [];
  private isTaskScheduled = false;
  private suggestContinueAsNew = false;
  private readonly activities = new Map<number, ScheduledActivity>();
  private readonly timers = new Map<
    number,
    { readonly eventId: number; readonly stop: () => void }
  >();

  constructor(
    readonly options: WorkflowRunOptions,
    private readonly server: (run: WorkflowRun) => ActivityServer,
  ) {}

  private get activityServer(): ActivityServer {
    return this.server(this);
  }

  /** Why it would still move by itself; empty: nothing would ever wake it. */
  get isWaitingForSomething(): boolean {
    return this.isTaskScheduled || this.timers.size > 0 || this.openActivities.length > 0;
  }

  private get openActivities(): readonly ScheduledActivity[] {
    return [...this.activities.values()].filter(({ state }) => state !== 'closed');
  }

  start(): void {
    const { identity, input, time } = this.options;
    const { workflowType, taskQueue, runId, workflowId } = identity;
    const payloads = encodeAll(input);
    this.history.add(time.nowMs, 'WorkflowExecutionStarted', {
      workflowType: { name: workflowType },
      workflowId,
      taskQueue: { name: taskQueue },
      input: { payloads },
      workflowTaskTimeout: toProtoTime(10_000),
      originalExecutionRunId: runId,
      firstExecutionRunId: runId,
      attempt: 1,
    });
    this.receive({
      initializeWorkflow: {
        workflowType,
        workflowId,
        arguments: payloads,
        firstExecutionRunId: runId,
        attempt: 1,
        startTime: toProtoTime(time.nowMs),
      },
    });
  }

  signal(signalName: string, payloads: readonly temporal.api.common.v1.IPayload[]): void {
    if (this.end !== null) return;
    const input = [...payloads];
    this.add('WorkflowExecutionSignaled', { signalName, input: { payloads: input } });
    this.receive({ signalWorkflow: { signalName, input, headers: {} } });
  }

  requestCancel(): void {
    if (this.end !== null) return;
    this.add('WorkflowExecutionCancelRequested', { cause: 'simulated' });
    this.receive({ cancelWorkflow: { reason: 'simulated' } });
  }

  update(id: string, name: string, args: readonly unknown[]): void {
    if (this.end !== null) return;
    this.receive(this.updates.request(id, name, args));
  }

  /** Answers from the sandbox as it is; null before the first workflow task. */
  async query(queryType: string): Promise<unknown> {
    if (this.sandbox === null) return null;
    const { successful } = await this.sandbox.activate(
      coresdk.workflow_activation.WorkflowActivation.fromObject({
        runId: this.options.identity.runId,
        jobs: [{ queryWorkflow: { queryId: 'query', queryType } }],
      }),
    );
    const answer = successful?.commands?.[0]?.respondToQuery;
    if (!answer?.succeeded)
      throw new Error(`query ${queryType}: ${answer?.failed?.message ?? '?'}`);
    return decode(answer.succeeded.response);
  }

  async dispose(): Promise<void> {
    await this.sandbox?.dispose();
    this.sandbox = null;
  }

  activityClosed(task: ScheduledActivity, closing: Closing): void {
    if (this.end !== null) return;
    const { nowMs } = this.options.time;
    const startedEventId = writeClosing({ history: this.history, atMs: nowMs }, task, closing);
    // Who does not wait for the end of a cancelled one was told when it asked for the cancellation.
    if (task.isCancelRequested && !awaitsCancellation(task)) this.requestTask();
    else this.receive(resolutionOf(task, closing, startedEventId));
  }

  private add(type: string, attributes: Readonly<Record<string, unknown>>): number {
    return this.history.add(this.options.time.nowMs, type, attributes);
  }

  private receive(job: ActivationJob): void {
    this.jobs.push(job);
    this.requestTask();
  }

  private requestTask(): void {
    if (this.isTaskScheduled) return;
    this.isTaskScheduled = true;
    const { time, random, chaos, identity } = this.options;
    const scheduledEventId = this.add('WorkflowTaskScheduled', {
      taskQueue: { name: identity.taskQueue },
      startToCloseTimeout: toProtoTime(10_000),
      attempt: 1,
    });
    const absentMs = untilPolledMs(chaos, time.nowMs - this.options.chaosFromMs);
    time.after(absentMs + random.between(0, 8), () => this.runTask(scheduledEventId));
  }

  private async runTask(scheduledEventId: number): Promise<void> {
    this.tasks += 1;
    this.isTaskScheduled = false;
    this.suggestContinueAsNew = this.history.length > this.options.suggestedEvents;
    const { suggestContinueAsNew } = this;
    const startedEventId = this.add('WorkflowTaskStarted', {
      scheduledEventId,
      requestId: 'task',
      suggestContinueAsNew,
    });
    const jobs = inOrder(this.jobs);
    this.jobs = [];
    await this.rebuildIfKilled();
    const { commands, metadata } = await this.activateAll(jobs);
    const completedEventId = this.add('WorkflowTaskCompleted', {
      scheduledEventId,
      startedEventId,
      sdkMetadata: metadata,
    });
    for (const command of commands) this.apply(command, completedEventId);
    await this.options.afterTask?.(this.tasks, commands);
  }

  private async rebuildIfKilled(): Promise<void> {
    const { identity, isKilledAt } = this.options;
    if (this.sandbox !== null && isKilledAt(this.tasks)) {
      this.kills += 1;
      await this.dispose();
    }
    if (this.sandbox !== null) return;
    this.sandbox = await createSandbox(identity);
    await replayInto(this.sandbox, this.recorded, [...this.flags]);
  }

  /** One workflow task may need several activations: what a cancelled activity resolves to follows at once. */
  private async activateAll(
    jobs: readonly ActivationJob[],
  ): Promise<{ commands: readonly WorkflowCommand[]; metadata: object }> {
    const all: WorkflowCommand[] = [];
    const newFlags: number[] = [];
    let pending = [...jobs];
    while (pending.length > 0) {
      const activation: Activation = {
        runId: this.options.identity.runId,
        timestamp: toProtoTime(this.options.time.nowMs),
        isReplaying: false,
        historyLength: this.history.length,
        continueAsNewSuggested: this.suggestContinueAsNew,
        jobs: pending,
        availableInternalFlags: [...this.flags],
      };
      const done = await activate(this.sandbox as Sandbox, activation);
      const commands = done.commands ?? [];
      this.recorded.push({ task: this.tasks, activation, commands });
      newFlags.push(...(done.usedInternalFlags ?? []).filter((flag) => !this.flags.has(flag)));
      for (const flag of newFlags) this.flags.add(flag);
      pending = [];
      for (const command of commands) pending.push(...this.take(all, command));
    }
    return { commands: all, metadata: { ...SDK_METADATA, langUsedFlags: newFlags } };
  }

  /** Collects a command as the SDK's core does; answers what it resolves without asking the server. */
  private take(all: WorkflowCommand[], command: WorkflowCommand): readonly ActivationJob[] {
    if (command.requestCancelActivity) return this.takeCancellation(all, command);
    const { cancelTimer } = command;
    const isUnsent =
      cancelTimer && removeFirst(all, ({ startTimer }) => startTimer?.seq === cancelTimer.seq);
    if (!isUnsent) all.push(command);
    return [];
  }

  /** The workflow is told at once; the server only of what it knows already. */
  private takeCancellation(
    all: WorkflowCommand[],
    command: WorkflowCommand,
  ): readonly ActivationJob[] {
    const seq = command.requestCancelActivity?.seq ?? 0;
    const unsent = removeFirst(all, ({ scheduleActivity }) => scheduleActivity?.seq === seq);
    if (unsent) return [cancelledResolution(unsent.scheduleActivity ?? {}, 0)];
    const task = this.activities.get(seq);
    if (task === undefined || task.state === 'closed') return [];
    all.push(command);
    return awaitsCancellation(task)
      ? []
      : [cancelledResolution(task.command, task.scheduledEventId)];
  }

  private apply(command: WorkflowCommand, completed: number): void {
    if (command.scheduleActivity) this.scheduleActivity(command.scheduleActivity, completed);
    else if (command.requestCancelActivity) this.cancelActivity(command, completed);
    else if (command.startTimer) this.startTimer(command, completed);
    else if (command.cancelTimer) this.cancelTimer(command.cancelTimer.seq ?? 0, completed);
    else if (command.updateResponse)
      this.updates.respond(command.updateResponse, this.options.time.nowMs);
    else if (command.upsertWorkflowSearchAttributes) this.upsert(command, completed);
    else this.finish(command, completed);
  }

  private scheduleActivity(
    command: NonNullable<WorkflowCommand['scheduleActivity']>,
    workflowTaskCompletedEventId: number,
  ): void {
    const eventId = this.add('ActivityTaskScheduled', {
      activityId: command.activityId,
      activityType: { name: command.activityType },
      taskQueue: { name: command.taskQueue },
      input: { payloads: command.arguments },
      startToCloseTimeout: command.startToCloseTimeout,
      heartbeatTimeout: command.heartbeatTimeout,
      retryPolicy: command.retryPolicy,
      workflowTaskCompletedEventId,
    });
    const task = scheduledActivity(command, eventId);
    this.activities.set(task.seq, task);
    this.activityServer.schedule(task);
  }

  private cancelActivity(command: WorkflowCommand, workflowTaskCompletedEventId: number): void {
    const task = this.activities.get(command.requestCancelActivity?.seq ?? 0);
    if (task === undefined) throw new Error('an activity is cancelled that was never scheduled');
    const { scheduledEventId } = task;
    this.add('ActivityTaskCancelRequested', { scheduledEventId, workflowTaskCompletedEventId });
    this.activityServer.requestCancel(task);
  }

  private startTimer({ startTimer }: WorkflowCommand, workflowTaskCompletedEventId: number): void {
    const seq = startTimer?.seq ?? 0;
    const timerId = String(seq);
    const startToFireTimeout = startTimer?.startToFireTimeout;
    const attributes = { timerId, startToFireTimeout, workflowTaskCompletedEventId };
    const startedEventId = this.add('TimerStarted', attributes);
    const stop = this.options.time.after(fromProtoDuration(startToFireTimeout) ?? 0, () => {
      this.timers.delete(seq);
      if (this.end !== null) return;
      this.add('TimerFired', { timerId, startedEventId });
      this.receive({ fireTimer: { seq } });
    });
    this.timers.set(seq, { eventId: startedEventId, stop });
  }

  private upsert(
    { upsertWorkflowSearchAttributes: upsert }: WorkflowCommand,
    workflowTaskCompletedEventId: number,
  ): void {
    const searchAttributes = upsert?.searchAttributes;
    for (const [name, value] of Object.entries(searchAttributes?.indexedFields ?? {})) {
      this.attributes.set(name, decode(value));
    }
    const attributes = { workflowTaskCompletedEventId, searchAttributes };
    this.add('UpsertWorkflowSearchAttributes', attributes);
  }

  private cancelTimer(seq: number, workflowTaskCompletedEventId: number): void {
    const timer = this.timers.get(seq);
    if (timer === undefined) throw new Error(`timer ${seq} is cancelled but does not run`);
    timer.stop();
    this.timers.delete(seq);
    const startedEventId = timer.eventId;
    this.add('TimerCanceled', {
      timerId: String(seq),
      startedEventId,
      workflowTaskCompletedEventId,
    });
  }

  private finish(command: WorkflowCommand, workflowTaskCompletedEventId: number): void {
    const { taskQueue } = this.options.identity;
    const { end, type, attributes } = endingOf(command, taskQueue);
    this.add(type, { ...attributes, workflowTaskCompletedEventId });
    this.end = end;
    for (const { stop } of this.timers.values()) stop();
    this.timers.clear();
    for (const task of this.openActivities) this.activityServer.abandon(task);
  }
}

const SDK_METADATA = {
  sdkName: 'temporal-typescript',
  sdkVersion: '1.24.0',
  // Ids and types of activities are compared on replay.
  coreUsedFlags: [1],
};

/** Messages first, then what else happened, in the order of the events; the start before everything. */
function inOrder(jobs: readonly ActivationJob[]): readonly ActivationJob[] {
  const rank = (job: ActivationJob): number => {
    if (job.initializeWorkflow) return 0;
    return job.signalWorkflow || job.doUpdate ? 1 : 2;
  };
  return [...jobs].sort((a, b) => rank(a) - rank(b));
}

function removeFirst<T>(list: T[], is: (one: T) => boolean): T | undefined {
  const index = list.findIndex(is);
  return index === -1 ? undefined : list.splice(index, 1)[0];
}

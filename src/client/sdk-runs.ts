import { hostname } from 'node:os';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { Decision, DecisionRecord } from '../domain/approval/decision';
import {
  serviceName,
  WORKFLOW_TASK_QUEUE,
  type DeploymentRequest,
  type ServiceRef,
} from '../domain/deployment';
import { lineWorkflowId, type LeaveOrder, type LineEntry } from '../domain/line/line-entry';
import type { LineView } from '../domain/line/line-view';
import type { DeploymentStatus } from '../domain/status';
import type {
  DEPLOY_WORKFLOW,
  LINE_WORKFLOW,
  PLAN_WORKFLOW,
  PlanAnswer,
} from '../workflows/messages';
import { unavailable } from './connection';
import { isTimeout, isUnknownRun, isUnreachable } from './grpc-errors';
import { describeRun, visibilityQuery } from './run-description';
import { livePollers } from './live-pollers';
import { liveChecks, newestWatch } from './live-watch';
import { startTimeOf } from './process-identity';
import { readRunRequest } from './run-request';
import { readRunHistory, type RunHistory } from './run-history';
import { outcomeOf } from './run-outcome';
import { attributesOf, lineAttributesOf, memoOf, summaryOf } from './start-details';
import type {
  DecisionQuestion,
  RunDescription,
  RunFilter,
  RunOutcome,
  RunRef,
  StartAnswer,
  StartOrder,
  TemporalRuns,
} from './temporal-runs';

type QueueType = temporal.api.enums.v1.TaskQueueType;

/** Types only: the module itself would load the workflow package, which a client never runs. */
const DEPLOY: typeof DEPLOY_WORKFLOW = 'deploy';
const PLAN: typeof PLAN_WORKFLOW = 'plan';
const LINE: typeof LINE_WORKFLOW = 'line';

const CALL_MS = 10_000;
/** Temporal's own numbers: its enum is not in the packages that a client needs. */
const QUEUE_TYPES: Readonly<Record<'workflow' | 'activity', unknown>> = {
  workflow: 1,
  activity: 2,
};

/** {@link TemporalRuns} over Temporal's own client. `address` only appears in messages. */
export function sdkRuns(client: Client, address: string): TemporalRuns {
  return new SdkRuns(client, address);
}

class SdkRuns implements TemporalRuns {
  constructor(
    private readonly client: Client,
    private readonly address: string,
  ) {}

  async start({ workflowId, request }: StartOrder): Promise<StartAnswer> {
    try {
      const handle = await this.call(CALL_MS, () =>
        this.client.workflow.start(DEPLOY, {
          workflowId,
          taskQueue: WORKFLOW_TASK_QUEUE,
          args: [request],
          workflowIdConflictPolicy: 'FAIL',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          typedSearchAttributes: attributesOf(request),
          memo: memoOf(request),
          ...summaryOf(request),
        }),
      );
      return { kind: 'started', runId: handle.firstExecutionRunId };
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'running' };
      throw error;
    }
  }

  async describe(ref: RunRef): Promise<RunDescription | null> {
    return this.unlessUnknown(null, async () => {
      const description = await this.handle(ref).describe();
      const pending = description.raw.pendingActivities ?? [];
      const live = { watch: newestWatch(pending), checks: liveChecks(pending) };
      return { ...describeRun(description), ...live };
    });
  }

  async queryStatus(ref: RunRef, withinMs: number): Promise<DeploymentStatus> {
    return this.client.withDeadline(Date.now() + withinMs, () =>
      this.handle(ref).query<DeploymentStatus>('status'),
    );
  }

  async outcome(ref: RunRef, withinMs: number): Promise<RunOutcome | null> {
    try {
      const result = this.client.withDeadline(Date.now() + withinMs, () =>
        this.handle(ref).result(),
      );
      return outcomeOf({ value: await result });
    } catch (error) {
      if (isTimeout(error)) return null;
      if (isUnreachable(error)) throw unavailable(this.address, withinMs, error);
      return outcomeOf({ error });
    }
  }

  async request(ref: RunRef, withinMs: number): Promise<DeploymentRequest | null> {
    return this.unlessUnknown(null, () => readRunRequest(this.client, ref), withinMs);
  }

  async history(ref: RunRef): Promise<RunHistory | null> {
    return this.unlessUnknown(null, () => readRunHistory(this.client, ref));
  }

  async signalDecision(ref: RunRef, decision: Decision): Promise<boolean> {
    return this.unlessUnknown(false, async () => {
      await this.handle(ref).signal('decide', decision);
      return true;
    });
  }

  async awaitDecision(ref: RunRef, question: DecisionQuestion): Promise<DecisionRecord | null> {
    try {
      return await this.client.withDeadline(Date.now() + question.withinMs, () =>
        this.handle(ref).executeUpdate<DecisionRecord, [string]>('awaitDecision', {
          args: [question.decisionId],
        }),
      );
    } catch {
      // The signal is recorded whatever the update says: no answer is no failure.
      return null;
    }
  }

  async joinLine(entry: LineEntry): Promise<string> {
    const { service, environment } = entry.request;
    const ref = { service, environment };
    const handle = await this.call(CALL_MS, () =>
      this.client.workflow.signalWithStart(LINE, {
        workflowId: lineWorkflowId(ref),
        taskQueue: WORKFLOW_TASK_QUEUE,
        args: [ref],
        signal: 'join',
        signalArgs: [entry],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        typedSearchAttributes: lineAttributesOf(ref),
        staticSummary: `line ${serviceName(ref)}`,
      }),
    );
    return handle.signaledRunId;
  }

  async leaveLine(ref: ServiceRef, order: LeaveOrder): Promise<boolean> {
    const line = this.handle({ workflowId: lineWorkflowId(ref), runId: null });
    return this.unlessUnknown(false, async () => {
      await line.signal('leave', order);
      return true;
    });
  }

  async queryLine(ref: RunRef, withinMs: number): Promise<LineView | null> {
    try {
      return await this.client.withDeadline(Date.now() + withinMs, () =>
        this.handle(ref).query<LineView>('line'),
      );
    } catch (error) {
      if (isUnknownRun(error)) return null;
      throw error;
    }
  }

  async list(filter: RunFilter): Promise<readonly RunDescription[]> {
    return this.call(CALL_MS, async () => {
      const limit = 'limit' in filter ? filter.limit : 1;
      const found: RunDescription[] = [];
      const query = visibilityQuery(filter);
      for await (const run of this.client.workflow.list({
        query,
        pageSize: Math.min(limit, 100),
      })) {
        found.push(describeRun(run));
        if (found.length >= limit) break;
      }
      return found;
    });
  }

  async pollers(taskQueue: string, kind: 'workflow' | 'activity'): Promise<number> {
    const answer = await this.call(CALL_MS, () =>
      this.client.workflowService.describeTaskQueue({
        namespace: this.client.options.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: QUEUE_TYPES[kind] as QueueType,
      }),
    );
    const host = { nowMs: Date.now(), hostname: hostname(), startTimeOf };
    return livePollers(answer.pollers, host).length;
  }

  async plan(request: DeploymentRequest, withinMs: number): Promise<PlanAnswer> {
    const { service, environment, deploymentId } = request;
    const handle = await this.call(CALL_MS, () =>
      this.client.workflow.start(PLAN, {
        workflowId: `plan/${service}/${environment}/${deploymentId}`,
        taskQueue: WORKFLOW_TASK_QUEUE,
        args: [request],
        // It has no effects that an end could leave behind, unlike a deployment.
        workflowExecutionTimeout: withinMs,
        memo: memoOf(request),
        staticSummary: `plan ${service}/${environment}`,
      }),
    );
    return (await this.client.withDeadline(Date.now() + withinMs + CALL_MS, () =>
      handle.result(),
    )) as PlanAnswer;
  }

  async close(): Promise<void> {
    await this.client.connection.close();
  }

  private handle({ workflowId, runId }: RunRef): ReturnType<Client['workflow']['getHandle']> {
    return this.client.workflow.getHandle(workflowId, runId ?? undefined);
  }

  /** There is no such run, or it takes no more messages: that is an answer. */
  private async unlessUnknown<T, U>(
    unknown: U,
    ask: () => Promise<T>,
    withinMs = CALL_MS,
  ): Promise<T | U> {
    try {
      return await this.call(withinMs, ask);
    } catch (error) {
      if (isUnknownRun(error)) return unknown;
      throw error;
    }
  }

  private async call<T>(withinMs: number, ask: () => Promise<T>): Promise<T> {
    try {
      return await this.client.withDeadline(Date.now() + withinMs, ask);
    } catch (error) {
      if (isUnreachable(error)) throw unavailable(this.address, withinMs, error);
      throw error;
    }
  }
}

import type {
  DecisionQuestion,
  RunDescription,
  RunFilter,
  RunOutcome,
  RunRef,
  StartAnswer,
  StartOrder,
  TemporalRuns,
} from '../../../src/client/temporal-runs';
import type { RunHistory } from '../../../src/client/run-history';
import type { Decision, DecisionRecord } from '../../../src/domain/approval/decision';
import type { DeploymentStatus } from '../../../src/domain/status';
import type { PlanAnswer } from '../../../src/workflows/messages';
import type { DeploymentRequest, ServiceRef } from '../../../src/domain/deployment';
import { isWayBack, type LeaveOrder, type LineEntry } from '../../../src/domain/line/line-entry';
import type { LineView } from '../../../src/domain/line/line-view';
import { FakeLine } from './fake-line';
import { aRun, aStatus } from './samples';

/** Temporal as the client sees it, in memory: one service, newest run last. */
export class FakeRuns implements TemporalRuns {
  readonly runs: RunDescription[] = [];
  readonly started: StartOrder[] = [];
  readonly signals: Decision[] = [];
  readonly pollerCounts: Record<string, number> = { belay: 1, 'belay-production': 1 };
  /** Answers of the query, in turn; the last one stays. */
  statuses: (DeploymentStatus | Error | 'garbage')[] = [aStatus()];
  /** Who waits, with a worker that takes one turn whenever somebody looks. */
  readonly line = new FakeLine(this);
  record: DecisionRecord | null = null;
  result: RunOutcome | null = null;
  planAnswer: PlanAnswer | Error = { kind: 'blocked', reasons: ['nothing planned'] };
  /** By run; what is not named was deleted. */
  histories: Record<string, RunHistory> = {};
  /** A decision of this kind ends the running deployment. */
  endsOn: Decision['kind'] | null = null;

  async start(order: StartOrder): Promise<StartAnswer> {
    if (this.newest()?.state === 'running') return { kind: 'running' };
    this.started.push(order);
    const { requestKey, deploymentId } = order.request;
    const runId = `run-${this.runs.length + 1}`;
    const attributes = { ...aRun().attributes, deployment: deploymentId };
    this.runs.push(aRun({ runId, requestKey, isWayBack: isWayBack(order.request), attributes }));
    return { kind: 'started', runId };
  }

  async describe({ workflowId, runId }: RunRef): Promise<RunDescription | null> {
    if (workflowId.startsWith('line/')) return this.line.describe();
    const named = this.runs.filter((run) => run.workflowId === workflowId);
    const found = runId === null ? named.at(-1) : named.find((run) => run.runId === runId);
    return found ?? null;
  }

  async queryStatus(): Promise<DeploymentStatus> {
    const next = this.statuses.length > 1 ? this.statuses.shift() : this.statuses[0];
    if (next instanceof Error) throw next;
    if (next === undefined || next === 'garbage') return 'garbage' as never;
    return next;
  }

  async outcome(): Promise<RunOutcome | null> {
    return this.newest()?.state === 'running' ? null : this.result;
  }

  async request({ runId }: RunRef): Promise<DeploymentRequest | null> {
    return this.histories[runId ?? '']?.request ?? null;
  }

  async history({ runId }: RunRef): Promise<RunHistory | null> {
    return this.histories[runId ?? ''] ?? null;
  }

  async signalDecision(_ref: RunRef, decision: Decision): Promise<boolean> {
    if (this.newest()?.state !== 'running') return false;
    this.signals.push(decision);
    if (decision.kind === this.endsOn) this.end('completed');
    return true;
  }

  async awaitDecision(_ref: RunRef, _question: DecisionQuestion): Promise<DecisionRecord | null> {
    return this.record;
  }

  async joinLine(entry: LineEntry): Promise<string> {
    return this.line.join(entry);
  }

  async leaveLine(_ref: ServiceRef, order: LeaveOrder): Promise<boolean> {
    return this.line.leave(order);
  }

  async queryLine(): Promise<LineView | null> {
    return this.line.view();
  }

  async list(filter: RunFilter): Promise<readonly RunDescription[]> {
    if ('deployment' in filter) {
      return this.runs.filter((run) => run.attributes.deployment === filter.deployment);
    }
    return this.runs
      .filter((run) => run.attributes.service === filter.service)
      .slice(0, filter.limit);
  }

  async pollers(taskQueue: string): Promise<number> {
    return this.pollerCounts[taskQueue] ?? 0;
  }

  async plan(): Promise<PlanAnswer> {
    if (this.planAnswer instanceof Error) throw this.planAnswer;
    return this.planAnswer;
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }

  end(state: RunDescription['state']): void {
    const newest = this.runs.pop();
    if (newest !== undefined)
      this.runs.push({ ...newest, state, closedAtMs: newest.startedAtMs + 1 });
    this.result ??= {
      kind: 'outcome',
      outcome: {
        deploymentId: newest?.attributes.deployment ?? '',
        outcome: 'succeeded',
        cause: 'all steps done',
        revision: null,
        serving: null,
        leftBehind: [],
      },
    };
  }

  private newest(): RunDescription | undefined {
    return this.runs.at(-1);
  }
}

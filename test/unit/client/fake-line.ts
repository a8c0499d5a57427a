import type { RunDescription } from '../../../src/client/temporal-runs';
import type { DecisionKind } from '../../../src/domain/approval/decision';
import {
  beginTurn,
  EMPTY_LINE,
  endTurn,
  headOf,
  join,
  leave,
  type Line,
} from '../../../src/domain/line/line';
import type { LineEnd } from '../../../src/domain/line/line-end';
import type { LeaveOrder, LineEntry } from '../../../src/domain/line/line-entry';
import { lineView, type LineView } from '../../../src/domain/line/line-view';
import { nextMove, type RunningDeployment } from '../../../src/domain/line/next-move';
import type { FakeRuns } from './fake-runs';
import { aRun, REF } from './samples';

/** The workflow `line` in memory, over the domain's own rules: one turn for each look. */
export class FakeLine {
  line: Line = EMPTY_LINE;
  /** False: nobody takes turns, and no query is answered. */
  hasWorker = true;
  readonly joined: LineEntry[] = [];

  constructor(private readonly runs: FakeRuns) {}

  join(entry: LineEntry): string {
    this.joined.push(entry);
    this.line = join(this.line, entry, entry.joinedAtMs);
    return 'line-run-1';
  }

  leave(order: LeaveOrder): boolean {
    if (headOf(this.line) === null) return false;
    this.line = leave(this.line, order, Date.now());
    return true;
  }

  describe(): RunDescription | null {
    return this.joined.length === 0 ? null : aRun({ workflowId: 'line/shop/production' });
  }

  async view(): Promise<LineView | null> {
    if (!this.hasWorker) throw new Error('no worker answered the query');
    if (this.joined.length === 0) return null;
    const view = lineView(REF, this.line);
    await this.takeTurn();
    return view;
  }

  private async takeTurn(): Promise<void> {
    const entry = headOf(this.line);
    if (entry === null) return;
    this.line = endTurn(beginTurn(this.line, entry), await this.tryStart(entry), Date.now());
  }

  private async tryStart(entry: LineEntry): Promise<LineEnd | null> {
    const { request } = entry;
    const answer = await this.runs.start({ workflowId: 'deploy/shop/production', request });
    if (answer.kind === 'started') return answer;
    const running = runningOf(this.runs.runs.at(-1) ?? aRun());
    const move = nextMove(entry, running, []);
    switch (move.kind) {
      case 'attach':
        return { kind: 'attached', to: running.deploymentId };
      case 'refuse':
        return { kind: 'refused', why: 'in-progress', sentence: move.sentence };
      case 'ask':
        await this.ask(move.decision, running);
        return null;
      case 'wait':
        return null;
    }
  }

  private async ask(kind: DecisionKind, { deploymentId, runId }: RunningDeployment): Promise<void> {
    const decision = {
      v: 1 as const,
      id: `line-${kind}-${runId}`,
      deploymentId,
      kind,
      actor: 'the line',
      reason: null,
      issuedAt: 0,
      expiresAt: 1,
    };
    if (this.runs.signals.some(({ id }) => id === decision.id)) return;
    await this.runs.signalDecision({ workflowId: '', runId }, decision);
  }
}

function runningOf({
  attributes,
  runId,
  requestKey,
  isWayBack,
}: RunDescription): RunningDeployment {
  return {
    deploymentId: attributes.deployment ?? '',
    runId,
    phase: attributes.phase ?? 'store',
    trafficPercent: attributes.trafficPercent ?? 0,
    requestKey,
    isWayBack,
  };
}

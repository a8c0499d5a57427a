import {
  beginTurn,
  EMPTY_LINE,
  endTurn,
  headOf,
  isTurnOver,
  join,
  leave,
  type Line,
} from '../../../../src/domain/line/line';
import type { LineEnd } from '../../../../src/domain/line/line-end';
import type { LineEntry } from '../../../../src/domain/line/line-entry';
import { nextMove, type LineDecision } from '../../../../src/domain/line/next-move';
import type { Phase } from '../../../../src/domain/phase';
import { aRunning } from './entries';

interface Holder {
  readonly entry: LineEntry;
  phase: Phase;
  trafficPercent: number;
}

/** Phase by phase, as a deployment that nobody disturbs. */
const WAY: readonly (readonly [Phase, number])[] = [
  ['store', 0],
  ['prepare', 0],
  ['rollout', 0],
  ['rollout', 50],
  ['verify', 100],
  ['warm', 100],
  ['finish', 100],
];

/** The line, its workflow's protocol and a lock that one deployment holds: what the workflow does, without Temporal. */
export class LineModel {
  line: Line = EMPTY_LINE;
  /** In the order of their starts. */
  readonly started: LineEntry[] = [];
  /** What each deployment was asked, with the traffic that it had. */
  readonly asked: { readonly of: string; readonly what: LineDecision; readonly percent: number }[] =
    [];
  private holder: Holder | null = null;

  join(entry: LineEntry): void {
    this.line = join(this.line, entry, 0);
  }

  leave(deploymentId: string): void {
    this.line = leave(this.line, { deploymentId, actor: 'bob', reason: null }, 0);
  }

  get isEmpty(): boolean {
    return headOf(this.line) === null && this.holder === null;
  }

  /** One look of the workflow and its activity. `loses`: the worker dies after the start, before it can tell. */
  poll({ loses }: { readonly loses: boolean }): void {
    const head = headOf(this.line);
    if (this.line.turn === null) {
      if (head !== null) this.line = beginTurn(this.line, head);
    } else if (isTurnOver(this.line)) {
      this.line = endTurn(this.line, this.find(this.line.turn), 0);
    } else if (head !== null) {
      const end = this.take(head);
      if (end !== null && !loses) this.line = endTurn(this.line, end, 0);
    }
  }

  /** The one that holds the lock comes one phase further. */
  advance(): void {
    const { holder } = this;
    if (holder === null) return;
    const at = WAY.findIndex(
      ([phase, percent]) => phase === holder.phase && percent === holder.trafficPercent,
    );
    const next = WAY[at + 1];
    if (at === -1 || next === undefined) this.holder = null;
    else [holder.phase, holder.trafficPercent] = next;
  }

  private take(entry: LineEntry): LineEnd | null {
    const { holder } = this;
    const found = this.find(entry.request.deploymentId);
    if (found !== null) return found;
    if (holder === null) {
      this.started.push(entry);
      this.holder = { entry, phase: 'store', trafficPercent: 0 };
      return { kind: 'started', runId: 'run' };
    }
    const { phase, trafficPercent } = holder;
    const { deploymentId } = holder.entry.request;
    const isWayBack = holder.entry.kind === 'rollback';
    const running = aRunning({ deploymentId, phase, trafficPercent, isWayBack });
    const move = nextMove(entry, running, []);
    if (move.kind === 'refuse') return { kind: 'refused', why: 'in-progress', sentence: '' };
    if (move.kind === 'ask') this.answer(holder, move.decision);
    return null;
  }

  private answer(holder: Holder, what: LineDecision): void {
    const { entry, trafficPercent: percent } = holder;
    this.asked.push({ of: entry.request.deploymentId, what, percent });
    if (what === 'rollback') holder.phase = 'rollback';
    else this.holder = null;
  }

  private find(deploymentId: string): LineEnd | null {
    const isStarted = this.started.some(({ request }) => request.deploymentId === deploymentId);
    return isStarted ? { kind: 'started', runId: 'run' } : null;
  }
}

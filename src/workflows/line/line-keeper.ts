import { setCurrentDetails } from '@temporalio/workflow';
import type { ServiceRef } from '../../domain/deployment';
import { expire, headOf, join, leave, leaveAll, type Line } from '../../domain/line/line';
import { lineView, type LineView } from '../../domain/line/line-view';
import { parseEntry, parseLeave } from '../../domain/line/parse-order';
import { lineDetails } from './line-details';

/** The line as it stands, changed by signals, by turns and by time; every change is told to Temporal Web. */
export class LineKeeper {
  /** Raised with every change, so that whoever waits for one wakes up. */
  changes = 0;
  private unreadable = 0;

  constructor(
    readonly ref: ServiceRef,
    private now: Line,
  ) {
    this.tell();
  }

  get line(): Line {
    return this.now;
  }

  get hasWaiting(): boolean {
    return headOf(this.now) !== null;
  }

  view(): LineView {
    return lineView(this.ref, this.now);
  }

  change(change: (line: Line, nowMs: number) => Line): void {
    const before = this.now;
    this.now = change(before, Date.now());
    if (this.now === before) return;
    this.changes += 1;
    this.tell();
  }

  join(payload: unknown): void {
    const entry = parseEntry(payload, this.ref);
    if (entry === null) this.tellUnreadable();
    else this.change((line, nowMs) => join(line, entry, nowMs));
  }

  leave(payload: unknown): void {
    const order = parseLeave(payload);
    if (order === null) this.tellUnreadable();
    else this.change((line, nowMs) => leave(line, order, nowMs));
  }

  expire(): void {
    this.change(expire);
  }

  /** The line itself was cancelled through Temporal. */
  sendAllAway(): void {
    const order = { actor: 'Temporal', reason: 'the line was cancelled' };
    this.change((line, nowMs) => leaveAll(line, order, nowMs));
  }

  /** What nobody can read changes nothing, but is seen. */
  private tellUnreadable(): void {
    this.unreadable += 1;
    this.tell();
  }

  private tell(): void {
    setCurrentDetails(lineDetails(this.view(), this.unreadable));
  }
}

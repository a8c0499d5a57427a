import { isSameRequest, keyOf, type LeaveOrder, type LineEntry, type LineKind } from './line-entry';
import type { LineEnd } from './line-end';

/** Who waits for the lock of one service in one environment, and what became of those who did. Plain data. */
export interface Line {
  /** In the order of their turns. */
  readonly waiting: readonly LineEntry[];
  /** Whose start is being tried: it may have happened, so that nobody takes this one out before that is certain. */
  readonly turn: string | null;
  /** What becomes of the one whose turn it is, unless it has started. */
  readonly leaving: LineEnd | null;
  /** The newest last, at most {@link MOST_PAST}. */
  readonly past: readonly PastEntry[];
}

export interface PastEntry {
  readonly deploymentId: string;
  readonly kind: LineKind;
  readonly initiator: string;
  readonly joinedAtMs: number;
  readonly endedAtMs: number;
  readonly end: LineEnd;
}

export const EMPTY_LINE: Line = { waiting: [], turn: null, leaving: null, past: [] };

export const MOST_WAITING = 10;
export const MOST_PAST = 50;

/** A newcomer's place, by its kind; one that is known already changes nothing. */
export function join(line: Line, entry: LineEntry, nowMs: number): Line {
  if (isKnown(line, entry.request.deploymentId)) return line;
  const same = staying(line).find((waiting) =>
    isSameRequest(keyOf(waiting.request), keyOf(entry.request)),
  );
  if (same !== undefined) {
    return ended(line, entry, { end: { kind: 'attached', to: idOf(same) }, nowMs });
  }
  switch (entry.kind) {
    case 'rollback':
      return atTheHead(superseded(line, entry, nowMs), entry);
    case 'supersede':
      return append(superseded(line, entry, nowMs), entry);
    case 'queue':
      return isFull(line) ? refuseFull(line, entry, nowMs) : append(line, entry);
    case 'reject':
      return joinUnlessOthersWait(line, entry, nowMs);
  }
}

/** Takes out the one that is named; who has started already, or was never here, stays as it is. */
export function leave(
  line: Line,
  { deploymentId, actor, reason }: LeaveOrder,
  nowMs: number,
): Line {
  const end: LineEnd = { kind: 'left', by: actor, reason };
  return takeOut(line, (entry) => idOf(entry) === deploymentId, { end, nowMs });
}

export function leaveAll(line: Line, order: Omit<LeaveOrder, 'deploymentId'>, nowMs: number): Line {
  const end: LineEnd = { kind: 'left', by: order.actor, reason: order.reason };
  return takeOut(line, () => true, { end, nowMs });
}

/** Takes out everybody whose deadline has come. */
export function expire(line: Line, nowMs: number): Line {
  return takeOut(line, ({ deadlineMs }) => deadlineMs <= nowMs, {
    end: { kind: 'expired' },
    nowMs,
  });
}

/** Who is next; null: nobody waits. */
export function headOf({ waiting }: Line): LineEntry | null {
  return waiting[0] ?? null;
}

/** The start of this one is tried from now on. */
export function beginTurn(line: Line, entry: LineEntry): Line {
  return { ...line, turn: idOf(entry), leaving: null };
}

/** The one whose turn it is should not be started any more, or not yet. */
export function isTurnOver(line: Line): boolean {
  const head = headOf(line);
  return line.leaving !== null || head === null || idOf(head) !== line.turn;
}

/** What came of the turn; null: it was not started, and keeps its place unless somebody took it out meanwhile. */
export function endTurn(line: Line, found: LineEnd | null, nowMs: number): Line {
  const entry = line.waiting.find((waiting) => idOf(waiting) === line.turn);
  const end = found ?? line.leaving;
  const over = { ...line, turn: null, leaving: null };
  return entry === undefined || end === null ? over : remove(over, entry, { end, nowMs });
}

/** When the next one of those who wait has waited long enough; null: nobody waits. */
export function nextDeadlineMs(line: Line): number | null {
  const deadlines = staying(line).map(({ deadlineMs }) => deadlineMs);
  return deadlines.length === 0 ? null : Math.min(...deadlines);
}

/** Everybody who waits, without the one that is being taken out. */
export function staying({ waiting, turn, leaving }: Line): readonly LineEntry[] {
  return leaving === null ? waiting : waiting.filter((entry) => idOf(entry) !== turn);
}

interface Ending {
  readonly end: LineEnd;
  readonly nowMs: number;
}

/** The newest wins: a version takes the place of every version that waits, a way back that of every way back. */
function superseded(line: Line, entry: LineEntry, nowMs: number): Line {
  const end: LineEnd = { kind: 'superseded', by: idOf(entry) };
  const isWayBack = entry.kind === 'rollback';
  return takeOut(line, ({ kind }) => (kind === 'rollback') === isWayBack, { end, nowMs });
}

function atTheHead(line: Line, entry: LineEntry): Line {
  return { ...line, waiting: [entry, ...line.waiting] };
}

function isFull(line: Line): boolean {
  return staying(line).filter(({ kind }) => kind !== 'rollback').length >= MOST_WAITING;
}

function refuseFull(line: Line, entry: LineEntry, nowMs: number): Line {
  const sentence = `${MOST_WAITING} deployments wait in line already: no more may join.`;
  return ended(line, entry, { end: { kind: 'refused', why: 'full', sentence }, nowMs });
}

/** Who rejects conflicts joins only to get a live deployment out of the way. */
function joinUnlessOthersWait(line: Line, entry: LineEntry, nowMs: number): Line {
  const [first] = staying(line);
  if (first === undefined) return append(line, entry);
  const sentence = `${idOf(first)} waits in line already.`;
  return ended(line, entry, { end: { kind: 'refused', why: 'in-progress', sentence }, nowMs });
}

function append(line: Line, entry: LineEntry): Line {
  return { ...line, waiting: [...line.waiting, entry] };
}

function takeOut(line: Line, isMeant: (entry: LineEntry) => boolean, ending: Ending): Line {
  return staying(line)
    .filter(isMeant)
    .reduce(
      (now, entry) =>
        idOf(entry) === now.turn ? { ...now, leaving: ending.end } : remove(now, entry, ending),
      line,
    );
}

function remove(line: Line, entry: LineEntry, ending: Ending): Line {
  const waiting = line.waiting.filter((other) => other !== entry);
  return ended({ ...line, waiting }, entry, ending);
}

function ended(line: Line, entry: LineEntry, { end, nowMs }: Ending): Line {
  const { request, kind, joinedAtMs } = entry;
  const { deploymentId, initiator } = request;
  const past: PastEntry = { deploymentId, kind, initiator, joinedAtMs, endedAtMs: nowMs, end };
  return { ...line, past: [...line.past, past].slice(-MOST_PAST) };
}

function isKnown({ waiting, past }: Line, deploymentId: string): boolean {
  return (
    waiting.some((entry) => idOf(entry) === deploymentId) ||
    past.some((entry) => entry.deploymentId === deploymentId)
  );
}

function idOf({ request }: LineEntry): string {
  return request.deploymentId;
}

import type { LedgerClosing, LedgerRecord } from '../../domain/ledger-record';
import { formatDuration } from '../../domain/format/duration';
import { shortDigest } from '../../domain/revision';
import { iso, minute } from './durations';
import { durationMs, exposureWords, markOfState, stateOf } from './record-words';
import { mark, plain, widthOf, wrap, type Style } from './style';
import type { Answer } from './terminal';

export interface History {
  /** Newest first. */
  readonly records: readonly LedgerRecord[];
  readonly nowMs: number;
}

/** What was deployed, one line a deployment. */
export function historyAnswer(history: History, style: Style): Answer {
  const json = { schemaVersion: 1, deployments: history.records.map(summaryJson) };
  return { json, text: historyLines(history, style) };
}

function summaryJson(record: LedgerRecord): object {
  return {
    deployment: record.deploymentId,
    service: record.service,
    environment: record.environment,
    by: record.initiator,
    reason: record.reason,
    commit: record.commit,
    restores: record.restores,
    openedAt: iso(record.openedAtMs),
    ...(record.closing === null ? STILL_OPEN : endJson(record, record.closing)),
  };
}

function endJson(
  record: LedgerRecord,
  closing: LedgerClosing,
): Record<keyof typeof STILL_OPEN, unknown> {
  return {
    outcome: closing.outcome,
    cause: closing.cause,
    revision: closing.candidate,
    stable: closing.stable,
    strategy: closing.strategy,
    firstTrafficAt: iso(closing.firstTrafficAtMs),
    liveAt: iso(closing.liveAtMs),
    safeAt: iso(closing.safeAtMs),
    closedAt: iso(closing.closedAtMs),
    durationMs: durationMs(record, closing.closedAtMs),
    exposure: closing.exposure,
    hold: closing.rollback?.hold ?? null,
  };
}

const STILL_OPEN = {
  outcome: null,
  cause: null,
  revision: null,
  stable: null,
  strategy: null,
  firstTrafficAt: null,
  liveAt: null,
  safeAt: null,
  closedAt: null,
  durationMs: null,
  exposure: null,
  hold: null,
};

const INDENT = 5;

function historyLines({ records, nowMs }: History, style: Style): readonly string[] {
  if (records.length === 0) return ['nothing was deployed'];
  const environments = new Set(records.map(({ environment }) => environment));
  const rows = records.map((record) => cellsOf(record, environments.size > 1, nowMs));
  const widths = widthsOf(rows);
  return records.flatMap((record, row) => {
    const cells = (rows[row] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return rowLines(
      ` ${mark(markOfState(stateOf(record)), style)} ${cells.slice(0, -1).join('  ')}`,
      `${cells.at(-1) ?? ''}  ${whoAndWhy(record)}`,
      style,
    );
  });
}

/** One line; on a terminal that is too narrow for it, a second one for what users saw, who and why. */
function rowLines(what: string, why: string, { columns }: Style): readonly string[] {
  const line = `${what}  ${why}`.trimEnd();
  if (widthOf(line) <= columns) return [line];
  return [what.trimEnd(), ...wrap(`${' '.repeat(INDENT)}${why.trim()}`, columns, INDENT)];
}

function cellsOf(record: LedgerRecord, withEnvironment: boolean, nowMs: number): readonly string[] {
  const { closing } = record;
  const candidate = closing?.candidate ?? null;
  return [
    minute(record.openedAtMs),
    ...(withEnvironment ? [record.environment] : []),
    stateOf(record),
    candidate === null ? '-' : shortDigest(candidate),
    closing?.strategy ?? '-',
    formatDuration(durationMs(record, nowMs)),
    exposureWords(record),
  ];
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const columns = rows[0]?.length ?? 0;
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
}

/** A reason is what somebody wrote; without one, the end says why it was not as usual. */
function whoAndWhy({ initiator, reason, restores, closing }: LedgerRecord): string {
  const cause = closing !== null && closing.outcome !== 'succeeded' ? closing.cause : null;
  const undo = restores === null ? [] : [`undo of ${shortDigest(restores.replaces)}`];
  const words = [...undo, ...[reason, cause].filter((text) => text !== null)];
  return `${plain(initiator)}${words.length === 0 ? '' : `: ${plain(words.join('; '))}`}`;
}

import type { DecisionRecord } from '../../domain/approval/decision';
import { serviceName } from '../../domain/deployment';
import { formatDuration } from '../../domain/format/duration';
import type { LedgerClosing, LedgerRecord, PhaseTimes } from '../../domain/ledger-record';
import { shortDigest } from '../../domain/revision';
import { analysisLines } from './analysis';
import { withoutKind } from './decision-answer';
import { clock, iso } from './durations';
import { durationMs, exposureWords, stateOf, toneOfState } from './record-words';
import { paint, plain, wrap, type Style } from './style';
import type { Answer } from './terminal';

/** All that the ledger has of one deployment. */
export function recordAnswer(record: LedgerRecord, style: Style, nowMs: number): Answer {
  return { json: recordJson(record), text: recordLines(record, style, nowMs) };
}

function recordJson(record: LedgerRecord): object {
  const { closing } = record;
  return {
    schemaVersion: 1,
    deployment: record.deploymentId,
    service: record.service,
    environment: record.environment,
    workflowId: record.workflowId,
    runId: record.runId,
    by: record.initiator,
    reason: record.reason,
    commit: record.commit,
    restores: record.restores,
    openedAt: iso(record.openedAtMs),
    closing: closing === null ? null : closingJson(closing),
  };
}

function closingJson(closing: LedgerClosing): object {
  const { firstTrafficAtMs, liveAtMs, safeAtMs, closedAtMs, phases, decisions, ...rest } = closing;
  return {
    ...rest,
    firstTrafficAt: iso(firstTrafficAtMs),
    liveAt: iso(liveAtMs),
    safeAt: iso(safeAtMs),
    closedAt: iso(closedAtMs),
    phases: phases.map((times) => ({
      phase: times.phase,
      from: iso(times.fromMs),
      to: iso(times.toMs),
      machineMs: machineMs(times),
      humanMs: times.humanMs,
    })),
    decisions: decisions.map(({ issuedAtMs, receivedAtMs, ...decision }) => ({
      ...decision,
      issuedAt: iso(issuedAtMs),
      receivedAt: iso(receivedAtMs),
    })),
  };
}

function recordLines(record: LedgerRecord, style: Style, nowMs: number): readonly string[] {
  const { closing } = record;
  return [
    heading(record, style, nowMs),
    paint(byLine(record), 'dim', style),
    '',
    ...(closing === null ? openLines(record) : closedLines(record, closing, style)),
  ].flatMap((line) => wrap(line, style.columns));
}

function heading(record: LedgerRecord, style: Style, nowMs: number): string {
  const { closing } = record;
  const state = stateOf(record);
  const name = `${plain(record.service)} → ${plain(record.environment)}`;
  const parts = [
    paint(name, 'bold', style),
    paint(state.toUpperCase(), toneOfState(state), style),
    clock(durationMs(record, nowMs)),
    closing === null ? '' : revisions(closing),
    closing?.strategy ?? '',
  ];
  const line = parts.filter((part) => part !== '').join('   ');
  return style.unicode ? line : line.replaceAll('→', '->');
}

function revisions({ stable, candidate }: LedgerClosing): string {
  if (candidate === null) return '';
  const short = shortDigest(candidate);
  return stable === null ? short : `${shortDigest(stable)} → ${short}`;
}

function byLine({ deploymentId, initiator, commit, closing }: LedgerRecord): string {
  const plan = closing?.planDigest ?? null;
  const parts = [
    deploymentId,
    `by ${plain(initiator)} (identity not verified)`,
    ...(commit === null ? [] : [`commit ${plain(commit).slice(0, 12)}`]),
    ...(plan === null ? [] : [`plan ${shortDigest(plan)}`]),
  ];
  return parts.join(' · ');
}

function openLines(record: LedgerRecord): readonly string[] {
  const name = serviceName(record);
  return [
    ...openingLines(record),
    ` state     it runs, or its end was never written down`,
    ` next      belay status ${name} · belay history ${name} --reconcile`,
  ];
}

function openingLines({ openedAtMs, reason, restores }: LedgerRecord): readonly string[] {
  return [
    ` opened    ${iso(openedAtMs) ?? ''}`,
    ...(reason === null ? [] : [` reason    ${plain(reason)}`]),
    ...(restores === null
      ? []
      : [
          ` undoes    ${restores.undoes ?? 'a deployment that is not known'}, which brought ${shortDigest(restores.replaces)}`,
        ]),
  ];
}

function closedLines(
  record: LedgerRecord,
  closing: LedgerClosing,
  style: Style,
): readonly string[] {
  return [
    ...closing.phases.map(phaseLine),
    ...(closing.phases.length === 0 ? [] : ['']),
    ...openingLines(record),
    ` why       ${plain(closing.cause)}`,
    ` exposure  ${exposureWords(record)}`,
    ...milestoneLines(record, closing),
    ...closing.verdicts.map(
      ({ stepId, kind, sentence }) => ` verdict   ${stepId} ${kind}: ${plain(sentence)}`,
    ),
    ...closing.decisions.map(decisionLine),
    ...closing.undone.map((phrase) => ` undone    ${plain(phrase)}`),
    ...closing.leftBehind.map((name) => paint(` left      ${plain(name)}`, 'bad', style)),
    ...(closing.rollback === null ? [] : analysisLines(record, closing.rollback)),
  ];
}

function phaseLine(times: PhaseTimes): string {
  const person = times.humanMs === 0 ? '' : `   and a person ${formatDuration(times.humanMs)}`;
  return ` ${times.phase.padEnd(10)} ${formatDuration(machineMs(times)).padStart(10)}${person}`;
}

function machineMs({ fromMs, toMs, humanMs }: PhaseTimes): number {
  return Math.max(0, toMs - fromMs - humanMs);
}

function milestoneLines(
  { openedAtMs }: LedgerRecord,
  { firstTrafficAtMs, liveAtMs, safeAtMs }: LedgerClosing,
): readonly string[] {
  const after = (atMs: number): string => formatDuration(atMs - openedAtMs);
  const parts = [
    ...(firstTrafficAtMs === null ? [] : [`first users after ${after(firstTrafficAtMs)}`]),
    ...(liveAtMs === null ? [] : [`live after ${after(liveAtMs)}`]),
    ...(safeAtMs === null
      ? []
      : [`the old revision serves everybody again after ${after(safeAtMs)}`]),
  ];
  return parts.length === 0 ? [] : [` times     ${parts.join(', ')}`];
}

function decisionLine(decision: DecisionRecord): string {
  const identity = decision.verification === 'verified' ? 'verified' : 'identity not verified';
  const actor = plain(decision.actor ?? 'unknown');
  const sentence = plain(withoutKind(decision.sentence, decision.kind));
  const reason = decision.reason === null ? '' : ` (“${plain(decision.reason)}”)`;
  return ` decision  ${decision.kind} by ${actor} (${identity}), ${decision.effect}: ${sentence}${reason}`;
}

import { alertOf, describeIssues } from './alert-sentence';
import { hearLook, NO_MEMORY } from './alert-memory';
import type { AlertMemory, MonitorMemory } from './alert-memory';
import type { MonitorName } from './policy';
import type { AlertChange, MonitorReport, MonitoringSession, OpenAlert } from './session';
import { compareSeverity } from '../checks/severity';

export type { AlertMemory } from './alert-memory';
export { sentenceOfAlert } from './alert-sentence';

/** So long a monitor must have been seen healthy, before its alert is over. */
export const RESOLVED_AFTER_MS = 30_000;
/** After its alert was over, a monitor keeps quiet so long: trouble that comes and goes is told at most once a minute. */
export const QUIET_AFTER_RESOLVE_MS = 60_000;

export interface AlertChanges {
  readonly changes: readonly AlertChange[];
  /** For the next look. */
  readonly memory: AlertMemory;
}

/**
 * What to tell people after this look, one change a monitor at most. `open` is what they were told and not told the end
 * of; it decides what is news. `memory` comes from the look before, null where it is lost: then an end is told up to 30 s
 * later, and nothing is told twice. A monitor without data, or switched off, changes nothing.
 */
export function changeAlerts(
  open: readonly OpenAlert[],
  session: MonitoringSession,
  memory: AlertMemory | null,
): AlertChanges {
  const next: Partial<Record<MonitorName, MonitorMemory>> = { ...memory };
  const changes: AlertChange[] = [];
  for (const report of session.monitors) {
    const before = hearLook(next[report.monitor] ?? NO_MEMORY, report, session.atMs);
    const told = open.find(({ monitor }) => monitor === report.monitor) ?? null;
    const change = changeOf(report, { told, atMs: session.atMs, memory: before });
    if (change !== null) changes.push(change);
    const isOver = change?.kind === 'resolved';
    next[report.monitor] = isOver ? { ...before, resolvedAtMs: session.atMs } : before;
  }
  return { changes, memory: next };
}

interface Known {
  readonly told: OpenAlert | null;
  readonly atMs: number;
  readonly memory: MonitorMemory;
}

function changeOf(report: MonitorReport, known: Known): AlertChange | null {
  if (report.healthy === null) return null;
  if (known.told === null) return report.healthy ? null : raise(report, known);
  return report.healthy ? resolve(known.told, known) : grow(known.told, { report, known });
}

function raise(report: MonitorReport, { atMs, memory }: Known): AlertChange | null {
  const { resolvedAtMs } = memory;
  // A clock that jumped back must not silence a monitor for longer.
  const quietForMs = resolvedAtMs === null ? null : Math.abs(atMs - resolvedAtMs);
  if (quietForMs !== null && quietForMs < QUIET_AFTER_RESOLVE_MS) return null;
  const alert = alertOf(report, atMs);
  return alert === null ? null : { kind: 'raised', alert, atMs };
}

function resolve(told: OpenAlert, { atMs, memory }: Known): AlertChange | null {
  return memory.healthyForMs < RESOLVED_AFTER_MS ? null : { kind: 'resolved', alert: told, atMs };
}

/** Keys only join and severities only rise while an alert is open, so that it grows a few times at most. */
function grow(
  told: OpenAlert,
  { report, known }: { readonly report: MonitorReport; readonly known: Known },
): AlertChange | null {
  const now = alertOf(report, known.atMs);
  if (now === null) return null;
  const added = now.issues.filter((key) => !told.issues.includes(key));
  const isWorse = compareSeverity(now.severity, told.severity) < 0;
  if (added.length === 0 && !isWorse) return null;
  const severity = isWorse ? now.severity : told.severity;
  const issues = [...told.issues, ...added];
  const sentence = describeIssues(report.issues);
  return { kind: 'grew', alert: { ...told, severity, issues, sentence }, atMs: known.atMs };
}

import type { MonitorName } from './policy';
import type { MonitorIssue, MonitorReport, MonitorValue } from './session';
import { compareSeverity } from '../checks/severity';

/** What a monitor found. */
export interface Finding {
  readonly issues: readonly MonitorIssue[];
  readonly notes: readonly string[];
}

export const NOTHING_FOUND: Finding = { issues: [], notes: [] };

/** A monitor that the configuration switched off. */
export function offReport(monitor: MonitorName): MonitorReport {
  return { monitor, state: 'off', healthy: null, score: null, issues: [], values: [] };
}

/** A monitor that can say nothing, and why. */
export function blindReport(
  monitor: MonitorName,
  seen: { readonly values: readonly MonitorValue[]; readonly notes: readonly string[] },
): MonitorReport {
  const { values, notes } = seen;
  return withNotes(
    { monitor, state: 'no-data', healthy: null, score: null, issues: [], values },
    notes,
  );
}

/** A monitor that saw something. */
export function watchingReport(
  monitor: MonitorName,
  seen: {
    readonly findings: readonly Finding[];
    readonly score: number;
    readonly values: readonly MonitorValue[];
    readonly notes: readonly string[];
  },
): MonitorReport {
  const { findings, score, values } = seen;
  const issues = findings
    .flatMap((finding) => finding.issues)
    .toSorted((a, b) => compareSeverity(a.severity, b.severity));
  const notes = [...seen.notes, ...findings.flatMap((finding) => finding.notes)];
  return withNotes(
    {
      monitor,
      state: 'watching',
      healthy: issues.length === 0,
      score: bounded(score),
      issues,
      values,
    },
    notes,
  );
}

function withNotes(report: MonitorReport, notes: readonly string[]): MonitorReport {
  return notes.length === 0 ? report : { ...report, notes };
}

function bounded(score: number): number {
  return Math.min(100, Math.max(0, score));
}

import { formatCounted } from '../../format/count';
import type { ScanReport, SkippedTarget } from '../scan-report';
import type { SarifLevel, SarifNotification } from './log';
import { sarifText } from './text';

const MOST_SKIPPED = 200;

/** Why a scan is no answer, what it could not look at, and how many of its results are left out. */
export function scanNotifications(scan: ScanReport, leftOut: number): readonly SarifNotification[] {
  const holes = scan.skipped.filter(({ allowed }) => !allowed);
  const rest = holes.length - MOST_SKIPPED;
  return [
    ...statusNotification(scan),
    ...holes.slice(0, MOST_SKIPPED).map(skippedNotification),
    ...(rest > 0
      ? [notification('target-skipped', 'warning', `${formatCounted(rest, 'more target')} skipped`)]
      : []),
    ...(leftOut > 0 ? [notification('results-left-out', 'warning', leftOutSentence(leftOut))] : []),
  ];
}

function statusNotification({ scanner, status, reason }: ScanReport): readonly SarifNotification[] {
  if (status === 'completed') return [];
  const sentence = `${scanner} is ${status}${reason === null ? '' : `: ${reason}`}`;
  return status === 'not-applicable'
    ? [notification('scan-not-applicable', 'note', sentence)]
    : [notification('scan-incomplete', 'error', sentence)];
}

function skippedNotification({ target, reason }: SkippedTarget): SarifNotification {
  return notification('target-skipped', 'warning', `${target} was not looked at: ${reason}`);
}

function leftOutSentence(leftOut: number): string {
  return `${formatCounted(leftOut, 'further result')} left out; the JSON report has all`;
}

function notification(id: string, level: SarifLevel, text: string): SarifNotification {
  return { descriptor: { id }, level, message: sarifText(text) };
}

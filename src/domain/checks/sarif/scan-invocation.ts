import { formatCounted } from '../../format/count';
import { incompleteBecause } from '../completeness';
import type { ScanReport, SkippedTarget } from '../scan-report';
import type { VerificationSubject } from '../verification-subject';
import type { SarifInvocation, SarifNotification } from './log';
import { notification, timesOf } from './run-parts';

const MOST_SKIPPED = 200;

/** What one tool did: why it is no answer where it is none, and what it could not look at. */
export function scanInvocation(
  scan: ScanReport,
  leftOut: readonly SarifNotification[],
  subject: VerificationSubject,
): SarifInvocation {
  const incomplete = incompleteBecause(scan);
  return {
    executionSuccessful: incomplete === null,
    ...timesOf(subject, scan.durationMs),
    toolExecutionNotifications: [
      ...statusNotification(scan, incomplete),
      ...skippedNotifications(scan.skipped.filter(({ allowed }) => !allowed)),
      ...leftOut,
    ],
  };
}

function statusNotification(
  { scanner, status, reason }: ScanReport,
  incomplete: string | null,
): readonly SarifNotification[] {
  if (incomplete !== null) {
    return [notification('scan-incomplete', 'error', `${scanner} is incomplete: ${incomplete}`)];
  }
  if (status !== 'not-applicable') return [];
  const because = reason === null ? '' : `: ${reason}`;
  return [notification('scan-not-applicable', 'note', `${scanner} is not applicable${because}`)];
}

function skippedNotifications(holes: readonly SkippedTarget[]): readonly SarifNotification[] {
  const rest = holes.length - MOST_SKIPPED;
  return [
    ...holes
      .slice(0, MOST_SKIPPED)
      .map(({ target, reason }) =>
        notification('target-skipped', 'warning', `${target} was not looked at: ${reason}`),
      ),
    ...(rest > 0
      ? [notification('target-skipped', 'warning', `${formatCounted(rest, 'more target')} skipped`)]
      : []),
  ];
}

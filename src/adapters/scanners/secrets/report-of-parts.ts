import type { Finding } from '../../../domain/checks/finding';
import type { Inventory } from '../../../domain/checks/inventory';
import type { ScanReport, SkippedTarget } from '../../../domain/checks/scan-report';
import { UNKNOWN_TOOL } from '../../../domain/checks/scan-reports';
import { cutReason, cutTargets, worstCut, worstFindings } from '../../inspection/worst-findings';
import type { ScanPart } from './scan-order';

/** What all threads together found; what the inventory could not list is a hole like a file that could not be read. */
export function reportOf(
  parts: readonly ScanPart[],
  { unlisted, keyStores }: { unlisted: Inventory['unlisted']; keyStores: readonly Finding[] },
): ScanReport {
  const worst = worstFindings([...parts.flatMap(({ findings }) => findings), ...keyStores]);
  const unread = [
    ...parts.flatMap((part) => part.skipped),
    ...unlisted.map(({ path, reason }) => ({ target: path, reason, allowed: false })),
  ];
  const cut = cutTargets(worstCut([worst.cut, ...parts.map((part) => part.cut)]));
  const holes = unread.filter(({ allowed }) => !allowed).length;
  const covered = parts.reduce((sum, part) => sum + part.covered, 0);
  const probe = parts.every((part) => part.probe === 'hit') ? 'hit' : 'miss';
  return {
    scanner: 'secrets',
    ...statusOf(probe, { holes, total: covered + holes, cut: cutReason(cut) }),
    tool: UNKNOWN_TOOL,
    covered,
    total: covered + holes,
    skipped: holesFirst([...unread, ...cut]),
    probe,
    findings: worst.findings,
    durationMs: 0,
    cached: false,
  };
}

function statusOf(
  probe: 'hit' | 'miss',
  { holes, total, cut }: { holes: number; total: number; cut: string | null },
): Pick<ScanReport, 'status' | 'reason'> {
  if (probe === 'miss')
    return {
      status: 'failed',
      reason: 'it did not find the known secrets that every scan begins with',
    };
  if (holes > 0)
    return { status: 'partial', reason: `${holes} of ${total} texts were not scanned` };
  if (cut !== null) return { status: 'partial', reason: cut };
  return { status: 'completed', reason: null };
}

/** What leaves a hole in the coverage is what a reader wants to see first. */
function holesFirst(skipped: readonly SkippedTarget[]): readonly SkippedTarget[] {
  return [...skipped].sort(
    (one, other) =>
      Number(one.allowed) - Number(other.allowed) || (one.target < other.target ? -1 : 1),
  );
}

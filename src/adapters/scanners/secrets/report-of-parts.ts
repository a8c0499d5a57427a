import type { Finding } from '../../../domain/checks/finding';
import type { Inventory } from '../../../domain/checks/inventory';
import type { ScanReport, SkippedTarget } from '../../../domain/checks/scan-report';
import { UNKNOWN_TOOL } from '../../../domain/checks/scan-reports';
import type { ScanPart } from './scan-order';
import { worstFindings } from './worst-findings';

/** What all threads together found; what the inventory could not list is a hole like a file that could not be read. */
export function reportOf(
  parts: readonly ScanPart[],
  { unlisted, keyStores }: { unlisted: Inventory['unlisted']; keyStores: readonly Finding[] },
): ScanReport {
  const skipped = holesFirst([
    ...parts.flatMap((part) => part.skipped),
    ...unlisted.map(({ path, reason }) => ({ target: path, reason, allowed: false })),
  ]);
  const holes = skipped.filter(({ allowed }) => !allowed).length;
  const covered = parts.reduce((sum, part) => sum + part.covered, 0);
  const probe = parts.every((part) => part.probe === 'hit') ? 'hit' : 'miss';
  return {
    scanner: 'secrets',
    ...statusOf(probe, { holes, total: covered + holes }),
    tool: UNKNOWN_TOOL,
    covered,
    total: covered + holes,
    skipped,
    probe,
    findings: worstFindings([...parts.flatMap(({ findings }) => findings), ...keyStores]),
    durationMs: 0,
    cached: false,
  };
}

function statusOf(
  probe: 'hit' | 'miss',
  { holes, total }: { readonly holes: number; readonly total: number },
): Pick<ScanReport, 'status' | 'reason'> {
  if (probe === 'miss')
    return {
      status: 'failed',
      reason: 'it did not find the known secrets that every scan begins with',
    };
  if (holes > 0)
    return { status: 'partial', reason: `${holes} of ${total} texts were not scanned` };
  return { status: 'completed', reason: null };
}

/** What leaves a hole in the coverage is what a reader wants to see first. */
function holesFirst(skipped: readonly SkippedTarget[]): readonly SkippedTarget[] {
  return [...skipped].sort(
    (one, other) =>
      Number(one.allowed) - Number(other.allowed) || (one.target < other.target ? -1 : 1),
  );
}

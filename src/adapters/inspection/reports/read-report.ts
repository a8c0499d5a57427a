import { runThread } from '../run-thread';
import { threadFile } from '../thread-options';
import type { CoverageReport } from './line-coverage/coverage';
import type { EvidenceKind } from './evidence/evidence-document';
import type { JUnitReport } from './junit/junit';
import { missing, type Missing } from './parsed';

export interface ReportOrder {
  /** Absolute. */
  readonly path: string;
  /** What the file was when it was bound, in hexadecimal; null: whatever is there. */
  readonly sha256: string | null;
  readonly signal: AbortSignal;
}

/** A report that was read whole, or why nothing can be said from it. */
export type ReportRead<T> =
  | { readonly kind: 'read'; readonly content: T; readonly bytes: number; readonly sha256: string }
  | Missing;

/** Of a report that is not measured here, only that it is whole. */
export interface WholeReport {
  readonly isWhole: true;
}

export type ReportContent = JUnitReport | CoverageReport | WholeReport;

export interface ReportThreadOrder {
  readonly kind: EvidenceKind;
  readonly path: string;
  readonly sha256: string | null;
}

/** A JUnit report of 50 MB was measured to take 20 s on a machine with other work. */
const TIMEOUT_MS = 120_000;

/** @throws the signal's reason */
export function readJUnit(order: ReportOrder): Promise<ReportRead<JUnitReport>> {
  return readReport<JUnitReport>('junit', order);
}

/** @throws the signal's reason */
export function readCoverage(order: ReportOrder): Promise<ReportRead<CoverageReport>> {
  return readReport<CoverageReport>('coverage', order);
}

/** SARIF 2.1.0 or a CycloneDX bill of materials. @throws the signal's reason */
export function readWhole(
  kind: 'sarif' | 'sbom',
  order: ReportOrder,
): Promise<ReportRead<WholeReport>> {
  return readReport<WholeReport>(kind, order);
}

async function readReport<T>(
  kind: ReportThreadOrder['kind'],
  { path, sha256, signal }: ReportOrder,
): Promise<ReportRead<T>> {
  const end = await runThread<ReportRead<T>>({
    file: threadFile(__dirname, 'report-thread'),
    data: { kind, path, sha256 } satisfies ReportThreadOrder,
    timeoutMs: TIMEOUT_MS,
    signal,
    progress: () => undefined,
  });
  return end.kind === 'result' ? end.result : missing(`it could not be read: ${end.reason}`);
}

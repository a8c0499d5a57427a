import type { ScannerName } from '../../../../domain/checks/catalog';
import type { Finding } from '../../../../domain/checks/finding';
import { runThread } from '../../run-thread';
import { threadFile } from '../../thread-options';

export interface SarifOrder {
  readonly scanner: ScannerName;
  /** As the configuration names it. */
  readonly tool: string;
  readonly fingerprintKey: Uint8Array;
  /** Absolute: what was scanned. Places outside of it are left out. */
  readonly root: string;
  readonly signal: AbortSignal;
}

export type Imported =
  | {
      readonly kind: 'completed';
      readonly findings: readonly Finding[];
      /** As the report names itself. */
      readonly toolName: string;
      readonly toolVersion: string;
    }
  | { readonly kind: 'failed' | 'timed-out'; readonly reason: string };

export interface SarifThreadOrder extends Omit<SarifOrder, 'signal'> {
  readonly path: string;
}

const TIMEOUT_MS = 120_000;

/**
 * The findings of a SARIF 2.1.0 report. Its own suppressions and its messages count for nothing. A report that does not
 * prove that the tool looked (no run, no results, an error on the way, cut off) is a failure.
 * @param path absolute
 * @throws the signal's reason
 */
export async function importSarif(
  path: string,
  { signal, ...order }: SarifOrder,
): Promise<Imported> {
  const end = await runThread<Imported>({
    file: threadFile(__dirname, 'sarif-thread'),
    data: { ...order, path } satisfies SarifThreadOrder,
    timeoutMs: TIMEOUT_MS,
    signal,
    progress: () => undefined,
  });
  switch (end.kind) {
    case 'result':
      return end.result;
    case 'failed':
      return { kind: 'failed', reason: `its report could not be read: ${end.reason}` };
    case 'timed-out':
      return { kind: 'timed-out', reason: `reading its report: ${end.reason}` };
  }
}

import { unanswered } from '../../../domain/checks/scan-reports';
import type { Scanner } from '../../../ports/scanner';
import { keyStoreFindings } from './key-stores';
import { reportOf } from './report-of-parts';
import { runThreads } from './run-threads';
import { scanFiles } from './scan-files';
import { secretsTool } from './secrets-tool';

export interface SecretScannerOptions {
  /** The key of the installation: without it nobody can guess a value from its fingerprint. */
  readonly fingerprintKey: Uint8Array;
  /** The whole scan has ended by then. Default 5 minutes. */
  readonly timeoutMs?: number;
  /** Longer texts are skipped, which leaves the scan partial. Default 200 MB; all are read in windows of about 1 MB. */
  readonly maxTextBytes?: number;
}

const TIMEOUT_MS = 5 * 60_000;
const MAX_TEXT_BYTES = 200_000_000;

/**
 * Looks for secrets in every text of the inventory and in the environment that the configuration sets, in threads of
 * its own. Comments and ignore files in the tree have no effect. Only binary files leave the coverage.
 */
export function createSecretScanner({
  fingerprintKey,
  timeoutMs = TIMEOUT_MS,
  maxTextBytes = MAX_TEXT_BYTES,
}: SecretScannerOptions): Scanner {
  const tool = secretsTool(fingerprintKey);
  return {
    name: 'secrets',
    identity: () => Promise.resolve(`${tool.name} ${tool.version} ${tool.rules} ${maxTextBytes}`),
    async scan(subject, context) {
      const startedAtMs = Date.now();
      const files = scanFiles(subject);
      const order = { root: subject.root, files, fingerprintKey, maxTextBytes };
      const end = await runThreads(order, { timeoutMs, ...context });
      const report =
        end.kind === 'result'
          ? reportOf(end.result, {
              unlisted: subject.inventory.unlisted,
              keyStores: keyStoreFindings(subject.inventory.files, fingerprintKey),
            })
          : unanswered('secrets', end.kind, { reason: end.reason, total: files.length });
      return { ...report, tool, durationMs: Date.now() - startedAtMs };
    },
  };
}

import { join } from 'node:path';
import type { CheckReport } from '../../../domain/checks/finding';
import type { ArtifactCheck, CheckSubject } from '../../../ports/artifact-check';
import { runScan } from './run-scan';
import type { ScanFile, ScanResult, SkippedFile } from './scan-messages';

export interface SecretScannerOptions {
  /** The compiled `scan-worker`; by default the one beside this file. */
  readonly workerPath?: string;
  /** The whole scan has ended by then. Default 5 minutes. */
  readonly timeoutMs?: number;
  /** Longer texts are skipped, which leaves the scan incomplete. Default 5 MB. */
  readonly maxTextBytes?: number;
}

/**
 * Looks for secrets in every text of the artifact, in a thread of its own. Comments and ignore files in the tree have
 * no effect. Only binary files leave the coverage; whatever else is skipped makes it less than whole.
 */
export function createSecretScanner({
  workerPath = join(__dirname, 'scan-worker.js'),
  timeoutMs = 5 * 60_000,
  maxTextBytes = 5_000_000,
}: SecretScannerOptions = {}): ArtifactCheck {
  return {
    name: 'secrets',
    async run(subject, { signal, progress }) {
      const startedAtMs = Date.now();
      const files = filesOf(subject);
      const order = { root: subject.filesPath, files, maxTextBytes };
      const ended = await runScan({ workerPath, order, timeoutMs, signal, progress });
      const durationMs = Date.now() - startedAtMs;
      return ended.kind === 'result'
        ? completed(files, ended.result, durationMs)
        : failed(files, ended.reason, durationMs);
    },
  };
}

/** The inventory comes from the manifest; what a link points to is a file of it, too. */
function filesOf({ manifest }: CheckSubject): readonly ScanFile[] {
  return manifest.entries.flatMap((entry) =>
    entry.type === 'file' ? [{ path: entry.path, bytes: entry.bytes }] : [],
  );
}

function completed(
  files: readonly ScanFile[],
  result: ScanResult,
  durationMs: number,
): CheckReport {
  const binary = result.skipped.filter(({ applicable }) => !applicable);
  return {
    check: 'secrets',
    status: result.probe === 'hit' ? 'completed' : 'failed',
    reason: result.probe === 'hit' ? null : 'the scanner did not find its known-bad probe',
    covered: result.covered,
    applicable: files.length - binary.length,
    skipped: applicableFirst(result.skipped),
    probe: result.probe,
    findings: result.findings,
    durationMs,
  };
}

/** What leaves a hole in the coverage is what a reader wants to see first. */
function applicableFirst(skipped: readonly SkippedFile[]): CheckReport['skipped'] {
  return [...skipped]
    .sort((a, b) => Number(b.applicable) - Number(a.applicable))
    .map(({ path, reason }) => ({ path, reason }));
}

function failed(files: readonly ScanFile[], reason: string, durationMs: number): CheckReport {
  return {
    check: 'secrets',
    status: 'failed',
    reason,
    covered: 0,
    applicable: files.length,
    skipped: [],
    probe: 'miss',
    findings: [],
    durationMs,
  };
}

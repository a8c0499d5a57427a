import type { Finding } from '../../../domain/checks/finding';
import type { SkippedTarget } from '../../../domain/checks/scan-report';
import type { FindingSeverity } from '../../../domain/checks/severity';
import { errorCode } from '../../error-code';
import { UnreadableFile } from '../../inspection/infrastructure/unreadable-file';
import { findsProbes } from '../../inspection/secret-rules/probe';
import { loadWindowRules, textRules } from '../../inspection/secret-rules/secret-rules';
import { thread } from '../../inspection/thread';
import { worstCut, worstFindings } from '../../inspection/worst-findings';
import { lookAt, type Looked } from './look-at-file';
import type { ScanFile, ScanOrder, ScanPart } from './scan-order';

/** Looks for secrets in files until none is left that no other thread has taken. */
thread<ScanOrder, ScanPart>(async (order, progress) => {
  const { fingerprintKey, files, next } = order;
  const rules = await loadWindowRules(fingerprintKey);
  const probe = (await findsProbes(textRules(rules))) ? 'hit' : 'miss';
  const skipped: SkippedTarget[] = [];
  let findings: readonly Finding[] = [];
  let cut: FindingSeverity | null = null;
  let covered = 0;
  for (let index = take(next); index < files.length; index = take(next)) {
    const file = files[index] as ScanFile;
    progress(index, files.length, file.path);
    const looked = await safely(() => lookAt(file, { ...order, rules }));
    if (looked.kind === 'skipped')
      skipped.push({ target: file.path, reason: looked.reason, allowed: looked.allowed });
    else {
      covered += 1;
      if (looked.findings.length === 0) continue;
      const worst = worstFindings([...findings, ...looked.findings]);
      findings = worst.findings;
      cut = worstCut([cut, worst.cut]);
    }
  }
  return { probe, covered, skipped, findings, cut };
});

function take(next: Int32Array): number {
  return Atomics.add(next, 0, 1);
}

/** Not the message of others: a rule that fails may quote what it was reading. */
async function safely(look: () => Promise<Looked>): Promise<Looked> {
  try {
    return await look();
  } catch (error) {
    const reason =
      error instanceof UnreadableFile
        ? error.message
        : `could not be scanned (${errorCode(error) ?? 'error'})`;
    return { kind: 'skipped', reason, allowed: false };
  }
}

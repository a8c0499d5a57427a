import type { CheckSubject } from '../../../ports/check-subject';
import { readEvidence } from '../../inspection/reports/evidence/read-evidence';
import { withoutAnswer, type ToolAnswer } from './tool-outcome';
import { dirname, resolve } from 'node:path';

/** Why a report that evidence of CI names does not belong to what is scanned; null where it does, or none names it. */
export async function unboundReport(
  path: string,
  { artifact, policy }: CheckSubject,
): Promise<ToolAnswer | null> {
  if (artifact === null) return null;
  for (const document of policy.tests.evidence) {
    const subject = { artifact, commit: null, nowMs: Date.now() };
    const evidence = await readEvidence(document, subject);
    if (evidence.kind === 'bound') continue;
    const named = (evidence.reports ?? []).map((report) => resolve(dirname(document), report.path));
    if (named.includes(resolve(path)))
      return withoutAnswer('failed', `evidence of CI: ${evidence.reason}`);
  }
  return null;
}

import { SCANNERS, type ScannerName } from './catalog';
import type { SarifLog } from './sarif/log';
import { scanRun } from './sarif/scan-run';
import { validationRun } from './sarif/validation-run';
import type { Verification } from './verification';
import type { VerificationSubject } from './verification-subject';

/**
 * The verification as SARIF 2.1.0: one run for each scanner, each with a category of its own as GitHub wants it, and
 * one for the validators. Suppressed findings are results with a suppression; an incomplete scan is a run whose
 * execution was not successful. What SARIF has no word for (gates, score) stands in the log's properties.
 */
export function toSarif(verification: Verification, subject: VerificationSubject): SarifLog {
  const { scans, findings, validation } = verification;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      ...SCANNERS.map((name) => {
        const own = <T extends { readonly scanner: ScannerName }>(
          all: readonly T[],
        ): readonly T[] => all.filter(({ scanner }) => scanner === name);
        return scanRun({ scanner: name, scans: own(scans), findings: own(findings) }, subject);
      }),
      validationRun(validation, subject),
    ],
    properties: {
      passed: verification.passed,
      score: verification.score,
      reasons: verification.reasons,
      gates: verification.gates,
      notices: verification.notices,
      subject: subject.what,
      artifact: subject.artifact,
      commit: subject.commit,
      inventory: subject.inventoryDigest,
    },
  };
}

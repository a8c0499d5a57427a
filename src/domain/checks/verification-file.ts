import type { Verification } from './verification';
import type { VerificationSubject } from './verification-subject';

/** The whole verdict with what it is about, as it is kept beside the artifact and printed by `belay report`. */
export interface VerificationFile {
  readonly schemaVersion: 1;
  readonly subject: VerificationSubject;
  readonly verification: Verification;
}

/** The plain file name under which a deployment's verdict is kept beside its artifact. */
export function verificationName(deploymentId: string): string {
  return `verification-${deploymentId}.json`;
}

/** Null where the document is no such verdict. */
export function readVerificationFile(document: unknown): VerificationFile | null {
  const file = document as Partial<VerificationFile> | null;
  const isOne =
    typeof file === 'object' &&
    file?.schemaVersion === 1 &&
    typeof file.subject === 'object' &&
    Array.isArray(file.verification?.findings) &&
    Array.isArray(file.verification.scans);
  return isOne ? (file as VerificationFile) : null;
}

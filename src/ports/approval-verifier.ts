import type { Decision, Verification } from '../domain/approval/decision';

/** Whether a decision really comes from whom it names. */
export interface ApprovalVerifier {
  verify(decision: Decision, signal: AbortSignal): Promise<VerificationResult>;
}

export interface VerificationResult {
  readonly verification: Verification;
  readonly reason: string;
}

import type { ApprovalVerifier } from '../../ports/approval-verifier';

/** Where no proof is configured: every decision counts under the name it gives, and history says that nobody checked. */
export function createUnverifiedVerifier(): ApprovalVerifier {
  return {
    async verify() {
      return { verification: 'not-verified', reason: 'identity not verified' };
    },
  };
}

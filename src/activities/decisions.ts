import type { Decision } from '../domain/approval/decision';
import type { VerificationResult } from '../ports/approval-verifier';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';

export interface DecisionActivities {
  /** Whether a decision really comes from whom it names. Keys and clocks are outside of the workflow's sandbox. */
  verifyDecision(decision: Decision): Promise<VerificationResult>;
}

export function createDecisionActivities(deps: ActivityDependencies): DecisionActivities {
  return {
    verifyDecision: asActivity((decision, { signal }) => deps.verifier.verify(decision, signal)),
  };
}

import type { PlanInput } from './plan-input';
import type { StepDraft } from './step-drafts';
import { prepareCandidate, shift, verify, warm } from './steps';

/** Nothing serves yet: no split, nothing to compare with, nothing to retire. */
export function firstSteps(input: PlanInput): readonly StepDraft[] {
  return [
    ...prepareCandidate(input),
    shift(input, 100),
    verify(input, input.verify),
    ...warm(input),
  ];
}

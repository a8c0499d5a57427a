import type { PlanInput } from './plan-input';
import { prepareCandidate, shift, verify, warm } from './steps';
import type { StepDraft } from './steps';

/** Nothing serves yet: no split, nothing to compare with, nothing to retire. */
export function firstSteps(input: PlanInput): readonly StepDraft[] {
  return [
    ...prepareCandidate(input),
    shift(input, 100),
    verify(input, input.verify),
    ...warm(input),
  ];
}

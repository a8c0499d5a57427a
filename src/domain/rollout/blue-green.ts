import type { PlanInput } from './plan-input';
import type { StepDraft } from './step-drafts';
import { prepareCandidate, retireStable, shift, verify, warm } from './steps';

/** Two whole fleets and one switch; the production traffic is validated after it. */
export function blueGreenSteps(input: PlanInput): readonly StepDraft[] {
  return [
    ...prepareCandidate(input),
    shift(input, 100),
    verify(input, input.verify),
    ...warm(input),
    ...retireStable(input),
  ];
}

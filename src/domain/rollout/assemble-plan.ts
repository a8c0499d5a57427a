import { BelayError } from '../errors';
import { blueGreenSteps } from './blue-green';
import { canarySteps } from './canary';
import { firstSteps } from './first';
import { completeIn } from './observed-span';
import { PLAN_VERSION } from './plan';
import type { RolloutPlan, Step } from './plan';
import type { PlanInput } from './plan-input';
import { planNotes } from './plan-notes';
import { refusePlan } from './refuse-plan';
import type { StepDraft } from './steps';
import { measurableCriteria } from './measurable';

export type { PlanInput } from './plan-input';
export { refusePlan } from './refuse-plan';

/**
 * What the rollout will do, as data. The same input gives the same plan.
 * @throws BelayError `CONFIG_INVALID` with every reason that {@link refusePlan} gives
 */
export function assemblePlan(input: PlanInput): RolloutPlan {
  const reasons = refusePlan(input);
  if (reasons.length > 0) throw refused(input, reasons);
  const steps = numbered(draftSteps(input));
  const criteria = measurableCriteria(input).map((criterion) => ({
    criterion,
    completeIn: completeIn(steps, criterion.durationMs),
  }));
  return {
    planVersion: PLAN_VERSION,
    service: input.service,
    environment: input.environment,
    strategy: input.stable === null ? 'first' : input.strategy.kind,
    stable: input.stable,
    candidate: input.candidate,
    instances: input.instances,
    steps,
    wayBack: { kind: 'shift' },
    criteria,
    notes: [...input.notes, ...planNotes(input, criteria)],
  };
}

function draftSteps(input: PlanInput): readonly StepDraft[] {
  if (input.stable === null) return firstSteps(input);
  switch (input.strategy.kind) {
    case 'blue-green':
      return blueGreenSteps(input);
    case 'canary':
      return canarySteps(input, input.strategy);
    case 'rolling':
    case 'recreate':
      throw refused(input, [`${input.strategy.kind} is planned by a later commit`]);
  }
}

function numbered(drafts: readonly StepDraft[]): readonly Step[] {
  return drafts.map(({ name, ...step }, index) => ({
    ...step,
    id: `${String(index + 1).padStart(2, '0')}-${name}`,
  }));
}

function refused(input: PlanInput, reasons: readonly string[]): BelayError {
  return new BelayError(
    'CONFIG_INVALID',
    `There is no plan for ${input.service}/${input.environment}: ${reasons.join('; ')}. Nothing was touched; what served before serves on.`,
    { next: 'Mend the configuration and deploy again.', details: { reasons } },
  );
}

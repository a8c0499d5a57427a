import { BelayError } from '../errors';
import { blueGreenSteps } from './blue-green';
import { canarySteps } from './canary';
import { firstSteps } from './first';
import { measurableCriteria } from './measurable';
import { completeIn } from './observed-span';
import { PLAN_VERSION } from './plan';
import type { RolloutPlan, WayBack } from './plan';
import type { PlanInput } from './plan-input';
import { planNotes } from './plan-notes';
import { recreateSteps, recreateWayBack } from './recreate';
import { refusePlan } from './refuse-plan';
import { rollingSteps, rollingWayBack } from './rolling';
import { sightOf } from './sight';
import { numbered } from './step-drafts';
import type { StepDraft } from './step-drafts';

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
    completeIn: completeIn(steps, criterion, sightOf(input, criterion) ?? input.capabilities),
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
    wayBack: wayBackOf(input),
    criteria,
    notes: [...input.notes, ...planNotes(input, { steps, criteria })],
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
      return rollingSteps(input, input.stable, input.strategy);
    case 'recreate':
      return recreateSteps(input, input.stable, input.strategy);
  }
}

function wayBackOf(input: PlanInput): WayBack {
  if (input.stable === null) return { kind: 'shift' };
  switch (input.strategy.kind) {
    case 'blue-green':
    case 'canary':
      return { kind: 'shift' };
    case 'rolling':
      return rollingWayBack(input, input.strategy);
    case 'recreate':
      return recreateWayBack(input, input.strategy);
  }
}

function refused(input: PlanInput, reasons: readonly string[]): BelayError {
  return new BelayError(
    'CONFIG_INVALID',
    `There is no plan for ${input.service}/${input.environment}: ${reasons.join('; ')}. Nothing was touched; what served before serves on.`,
    { next: 'Mend the configuration and deploy again.', details: { reasons } },
  );
}

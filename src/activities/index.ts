import { createCheckActivities, type CheckActivities } from './checks';
import { createDecisionActivities, type DecisionActivities } from './decisions';
import type { ActivityDependencies } from './dependencies';
import { createEnvironmentActivities, type EnvironmentActivities } from './environment';
import { createPlanningActivities, type PlanningActivities } from './planning';
import { createRecordActivities, type RecordActivities } from './records';
import { createRolloutActivities, type RolloutActivities } from './rollout';
import { createWatchActivities, type WatchActivities } from './watch';

export type Activities = CheckActivities &
  EnvironmentActivities &
  PlanningActivities &
  RolloutActivities &
  WatchActivities &
  DecisionActivities &
  RecordActivities;

/** Every activity of one environment, closed over what it works with. */
export function createActivities(deps: ActivityDependencies): Activities {
  return {
    ...createCheckActivities(deps),
    ...createEnvironmentActivities(deps),
    ...createPlanningActivities(deps),
    ...createRolloutActivities(deps),
    ...createWatchActivities(deps),
    ...createDecisionActivities(deps),
    ...createRecordActivities(deps),
  };
}

export type { ActivityDependencies };

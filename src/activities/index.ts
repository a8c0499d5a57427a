import { createCheckActivities, type CheckActivities } from './checks';
import { createComparisonActivities, type ComparisonActivities } from './compare-revisions';
import { createDecisionActivities, type DecisionActivities } from './decisions';
import type { ActivityDependencies } from './dependencies';
import { createEnvironmentActivities, type EnvironmentActivities } from './environment';
import { createNotifyActivities, type NotifyActivities } from './notify';
import { createPerformanceActivities, type PerformanceActivities } from './validate-performance';
import { createPlanningActivities, type PlanningActivities } from './planning';
import { createRecordActivities, type RecordActivities } from './records';
import { createRolloutActivities, type RolloutActivities } from './rollout';
import { createWayBackActivities, type WayBackActivities } from './way-back';
import { createWatchActivities, type WatchActivities } from './watch';

export type Activities = CheckActivities &
  ComparisonActivities &
  EnvironmentActivities &
  NotifyActivities &
  PerformanceActivities &
  PlanningActivities &
  RolloutActivities &
  WatchActivities &
  WayBackActivities &
  DecisionActivities &
  RecordActivities;

/** Every activity of one environment, closed over what it works with. */
export function createActivities(deps: ActivityDependencies): Activities {
  return {
    ...createCheckActivities(deps),
    ...createComparisonActivities(deps),
    ...createEnvironmentActivities(deps),
    ...createNotifyActivities(deps),
    ...createPerformanceActivities(deps),
    ...createPlanningActivities(deps),
    ...createRolloutActivities(deps),
    ...createWatchActivities(deps),
    ...createWayBackActivities(deps),
    ...createDecisionActivities(deps),
    ...createRecordActivities(deps),
  };
}

export type { ActivityDependencies };

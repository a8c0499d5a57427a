import { describeClaims } from './target/claims';
import { describeFleets } from './target/fleets';
import { describeMetrics } from './target/metrics';
import { describeParking } from './target/parking';
import { describeQueueing } from './target/queueing';
import { describeShrinking } from './target/shrinking';
import { helpersFor, type TargetUnderTest } from './target/under-test';
import { describeWeights } from './target/weights';

export type { TargetUnderTest } from './target/under-test';

/** What every target must do: Fleet, TrafficRouter and MetricSource together. `target` answers that of the current test. */
export function describeTarget(name: string, target: () => TargetUnderTest) {
  const helpers = helpersFor(target);
  describeClaims(name, helpers);
  describeFleets(name, helpers);
  describeShrinking(name, helpers);
  describeParking(name, helpers);
  describeWeights(name, helpers);
  describeQueueing(name, helpers);
  describeMetrics(name, helpers);
}

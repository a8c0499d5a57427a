import { formatCounted } from '../format/count';
import { amountText, isZero, rollingBounds } from './amounts';
import type { PlanInput } from './plan-input';
import { refuseLimits } from './refuse-limits';
import type { Amount, RollingConfig } from './strategy';

/** What is wrong with the bounds and the pause of a rolling deployment. */
export function refuseRolling(config: RollingConfig, input: PlanInput): readonly string[] {
  const amounts = [
    ...refuseAmount('maxSurge', config.maxSurge),
    ...refuseAmount('maxUnavailable', config.maxUnavailable),
  ];
  return [
    ...(amounts.length > 0 ? amounts : refuseBounds(config, input)),
    ...refuseLimits('rolling pause', config.bake, input),
    ...refuseGrain(input),
  ];
}

function refuseAmount(name: string, amount: Amount): readonly string[] {
  switch (amount.unit) {
    case 'count':
      return Number.isInteger(amount.count) && amount.count >= 0
        ? []
        : [`${name} ${amount.count}: a count of instances is a whole number of 0 or more`];
    case 'percent':
      return Number.isInteger(amount.percent) && amount.percent >= 0 && amount.percent <= 100
        ? []
        : [
            `${name} ${amount.percent} %: a share of the instances is a whole percent from 0 to 100`,
          ];
  }
}

function refuseBounds(config: RollingConfig, { instances }: PlanInput): readonly string[] {
  const { maxSurge, maxUnavailable } = config;
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    return ['maxSurge 0 and maxUnavailable 0: nothing could ever be replaced; allow one of them'];
  }
  const { surge, unavailable } = rollingBounds(config, instances);
  return [
    ...(surge > instances
      ? [
          `maxSurge ${surge} is more surge than there are instances to replace: at most ${instances}`,
        ]
      : []),
    ...(unavailable >= instances
      ? [
          `maxSurge ${amountText(maxSurge)} with maxUnavailable ${amountText(maxUnavailable)} takes away ${unavailable} of ${formatCounted(instances, 'instance')}, which leaves nobody to serve: write maxSurge 1 and maxUnavailable 0, or deploy with the strategy recreate`,
        ]
      : []),
  ];
}

function refuseGrain({ capabilities }: PlanInput): readonly string[] {
  const { weightGrain } = capabilities;
  if (weightGrain <= 50 && 100 % weightGrain === 0) return [];
  return [
    `rolling: the target splits traffic in steps of ${weightGrain} % only, so that the share cannot follow the instances`,
  ];
}

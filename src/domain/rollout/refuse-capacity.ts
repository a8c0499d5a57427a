import { rollingBounds } from './amounts';
import type { PlanInput } from './plan-input';

/** More instances at the same time than the target takes, with the arithmetic and the way out. */
export function refuseCapacity(input: PlanInput): readonly string[] {
  const { mostInstances } = input.capabilities;
  const { standingBy } = input;
  const { sum, total, wayOut } = needed(input);
  if (total + standingBy <= mostInstances) return [];
  const beside = standingBy === 0 ? '' : ` beside ${standingBy} that stand by`;
  return [
    `${input.stable === null ? 'a first deployment' : input.strategy.kind} needs ${sum} instances at the same time${beside}, and the target takes at most ${mostInstances}: ${wayOut}`,
  ];
}

interface Need {
  readonly sum: string;
  readonly total: number;
  readonly wayOut: string;
}

function needed(input: PlanInput): Need {
  const { instances, stable, stableInstances, strategy } = input;
  if (stable === null) return { sum: String(instances), total: instances, wayOut: FEWER };
  switch (strategy.kind) {
    case 'blue-green':
    case 'canary':
      return { ...both(input), wayOut: `deploy by rolling or recreate, or ${FEWER}` };
    case 'rolling': {
      const { surge } = rollingBounds(strategy, instances);
      const base = Math.max(instances, stableInstances);
      return {
        sum: `${base} + ${surge} (maxSurge) = ${base + surge}`,
        total: base + surge,
        wayOut: `lower maxSurge and allow maxUnavailable, or ${FEWER}`,
      };
    }
    case 'recreate':
      if (strategy.overlap === 'answers') {
        return { ...both(input), wayOut: `write \`overlap: none\`, or ${FEWER}` };
      }
      return {
        sum: String(Math.max(instances, stableInstances)),
        total: Math.max(instances, stableInstances),
        wayOut: FEWER,
      };
  }
}

const FEWER = 'run fewer instances';

function both({ instances, stableInstances }: PlanInput): Omit<Need, 'wayOut'> {
  const total = stableInstances + instances;
  return { sum: `${stableInstances} (old) + ${instances} (new) = ${total}`, total };
}

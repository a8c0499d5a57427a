import type { EnvironmentConfig } from '../config/belay-config';
import { strategyWord } from '../config/schema/strategy';
import { strategyOf } from '../config/strategy-of';
import { readVerification } from '../config/verify';
import type { OtherRules } from '../domain/rejudgement/rejudge';
import type { BakeLimits, StrategyConfig } from '../domain/rollout/strategy';
import type { StepPhase } from '../domain/rollout/plan';

/** What another configuration holds against a deployment of the strategy that was used then. */
export interface ChosenRules extends OtherRules {
  readonly limitsAt: (phase: StepPhase, weight: number) => BakeLimits;
  readonly notes: readonly string[];
}

/** The criteria and limits of an environment; `strategy` as the deployment's record names it. */
export function otherRules(environment: EnvironmentConfig, strategy: string | null): ChosenRules {
  // It is the past rollout that is judged.
  const used = strategyOf(environment, strategyWord.catch('blue-green').parse(strategy));
  const isCanary = used.kind === 'canary';
  const { verify } = readVerification(environment, used);
  const warmMs = environment.rollbackWindowMs;
  const warm = { leastMs: warmMs, longestMs: warmMs, minimumRequests: 0 };
  return {
    criteria: [...environment.criteria, ...(isCanary ? environment.canaryCriteria : [])],
    sources: Object.fromEntries(
      environment.monitoring.sources.map(({ name, resolutionMs, lagMs }) => [
        name,
        { resolutionMs, lagMs },
      ]),
    ),
    limitsAt: (phase, weight) => {
      if (phase === 'rollout') return rolloutLimits(used, weight, verify);
      return phase === 'warm' ? warm : verify;
    },
    notes: environment.notes,
  };
}

/** Of a canary's step with the same weight, else of the next smaller one, else of the first. */
function rolloutLimits(used: StrategyConfig, weight: number, verify: BakeLimits): BakeLimits {
  switch (used.kind) {
    case 'canary': {
      const smaller = used.steps.findLast((step) => step.weight <= weight);
      return (smaller ?? used.steps[0])?.bake ?? verify;
    }
    case 'rolling':
      return used.bake;
    case 'blue-green':
    case 'recreate':
      return verify;
  }
}

import type { Criterion } from '../analysis/criterion';
import { refuseCriterion } from '../analysis/refuse-criterion';
import type { PlanInput } from './plan-input';
import { sightOf } from './sight';

/** What is wrong with the criteria, each held against what sees its metric. */
export function refuseCriteria(input: PlanInput): readonly string[] {
  return [
    ...input.criteria.flatMap((criterion) => refuseOne(input, criterion)),
    ...refuseTwins(input),
  ];
}

function refuseOne(input: PlanInput, criterion: Criterion): readonly string[] {
  const sight = sightOf(input, criterion);
  if (sight !== null) return refuseCriterion(criterion, sight);
  return [`${criterion.id}: there is no metric source called ${criterion.source}`];
}

function refuseTwins({ criteria }: PlanInput): readonly string[] {
  const ids = criteria.map((criterion) => criterion.id);
  const twins = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twins].map((id) => `two criteria are called ${id}: a verdict must name exactly one`);
}

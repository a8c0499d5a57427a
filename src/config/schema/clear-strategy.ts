import type { z } from 'zod';
import { strategiesMeant } from '../strategies-meant';
import type { PathSegment } from '../problem';

type Part = Readonly<Record<string, unknown>>;
interface Whole extends Part {
  readonly deploymentPipeline?: { readonly deployment?: Deployment | undefined } | undefined;
}
interface Deployment {
  readonly strategy?: unknown;
  readonly environments?: readonly Part[] | undefined;
}

/** Two blocks of strategies where nothing says which of them is meant. */
export function refuseUnclearStrategy(file: Whole, context: z.RefinementCtx): void {
  const { strategy, environments = [{}] } = file.deploymentPipeline?.deployment ?? {};
  if (strategy !== undefined) return;
  const silent = environments.filter((one) => one['strategy'] === undefined);
  if (silent.some((one) => strategiesMeant(one).length === 0)) refuseTwo(file, [], context);
  environments.forEach((one, index) => {
    const path = ['deploymentPipeline', 'deployment', 'environments', index];
    if (silent.includes(one)) refuseTwo(one, path, context);
  });
}

function refuseTwo(part: Part, path: PathSegment[], context: z.RefinementCtx): void {
  const [first, second] = strategiesMeant(part);
  if (first === undefined || second === undefined) return;
  const key = path.length === 0 ? 'deploymentPipeline.deployment.strategy' : 'strategy';
  context.addIssue({
    code: 'custom',
    path: [...path, second],
    message: `stands beside \`${first}\`, and nothing says which of the two is meant`,
    params: { suggestion: `Write \`${key}: ${second}\` or \`${key}: ${first}\`.` },
  });
}

import type { Criterion } from '../analysis/criterion';
import type { BakeStep, Step } from './plan';
import type { Sight } from './sight';

/**
 * The first watch at whose earliest end the criterion's whole duration has been observed since the candidate's first traffic;
 * null: none. Observation starts with the first watch, for health checks too: nobody reads windows before it.
 */
export function completeIn(
  steps: readonly Step[],
  criterion: Criterion,
  sight: Sight,
): string | null {
  const neededMs = criterion.durationMs + waitMs(criterion, sight);
  let observedMs = 0;
  for (const step of bakesOf(steps)) {
    observedMs += step.limits.leastMs;
    if (observedMs >= neededMs) return step.id;
  }
  return null;
}

/** Every watch of the candidate, in order. */
export function bakesOf(steps: readonly Step[]): readonly BakeStep[] {
  return steps.filter((step) => step.kind === 'bake');
}

/** A least time counts what the target has shown; another source's windows begin where its grid says and come later. */
function waitMs({ source }: Criterion, { resolutionMs, lagMs }: Sight): number {
  return source === null ? 0 : resolutionMs + lagMs;
}

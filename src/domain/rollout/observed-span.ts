import type { BakeStep, Step } from './plan';

/**
 * The first watch at whose earliest end so much time has been observed since the candidate's first traffic; null: none.
 * Observation starts with the first watch, for health checks too: nobody reads windows before it.
 */
export function completeIn(steps: readonly Step[], durationMs: number): string | null {
  let observedMs = 0;
  for (const step of steps.filter(isBake)) {
    observedMs += step.limits.leastMs;
    if (observedMs >= durationMs) return step.id;
  }
  return null;
}

function isBake(step: Step): step is BakeStep {
  return step.kind === 'bake';
}

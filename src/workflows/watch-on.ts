import type { BakeStep } from '../domain/rollout/plan';
import type { Deployment } from './deployment';
import { watchMeanwhile } from './watch-meanwhile';
import { whilePaused } from './while-paused';

export interface WatchingOn {
  readonly untilMs: number;
  /** Nothing is left to wait for. */
  readonly isOver?: () => boolean;
}

/** So that the watch ends by its own look, which sees everything up to then. */
const GRACE_MS = 60_000;

/** Watches on at 100 %, after the step, before anybody is asked. Answers whether a person said: go on. */
export async function watchOn(
  deployment: Deployment,
  step: BakeStep,
  { untilMs, isOver = () => false }: WatchingOn,
): Promise<boolean> {
  const { control } = deployment;
  const wake = () => control.hasPromotion || control.isPaused || isOver();
  while (Date.now() < untilMs && !isOver()) {
    await deployment.while('baking', () =>
      watchMeanwhile(deployment, step, { untilMs, graceMs: GRACE_MS, wake }),
    );
    if (control.takePromotion()) return true;
    await whilePaused(deployment, step);
  }
  return false;
}

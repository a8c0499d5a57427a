import { isCancellation } from '@temporalio/workflow';
import type { AskStep, ShiftStep, Step } from '../domain/rollout/plan';
import { askPerson, type Question } from './ask-person';
import { bake } from './bake';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';
import { endInheritedWindow } from './inherited-window';
import { performStep, type TargetStep } from './perform-step';
import { shiftForward } from './shift-forward';
import { watchBeside } from './watch-beside';
import { whilePaused } from './while-paused';

/** The interpreter: the same few kinds of step for every strategy and target. */
export async function runSteps(deployment: Deployment, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const passed = whyPassed(deployment, step);
    if (passed !== null) {
      deployment.progress.step(step, { state: 'skipped', result: passed });
      continue;
    }
    if (mayPause(deployment, step)) await whilePaused(deployment, step);
    await runStep(deployment, step);
  }
}

/** What is needless once the candidate has a larger share; null: nothing is. */
function whyPassed(deployment: Deployment, step: Step): string | null {
  if (step.phase !== 'rollout' || (step.kind !== 'bake' && step.kind !== 'shift')) return null;
  const { candidate, isStableGone } = deployment;
  const share = step.weights[candidate?.digest ?? ''] ?? 0;
  if (isStableGone && share < 100) return 'the candidate has everything already';
  return isPromotedPast(deployment, step, share) ? 'a person went on to more' : null;
}

/** Where instances go with the share, a promotion to a larger one passes the watches only. */
function isPromotedPast({ control, planned }: Deployment, { kind }: Step, share: number): boolean {
  const mayPass = kind === 'bake' || planned?.plan.wayBack.kind === 'shift';
  return mayPass && control.hasPassed(share);
}

/** Nobody stands still while requests wait, or find nobody. */
function mayPause({ isQueueing, isServedByNobody }: Deployment, { phase }: Step): boolean {
  return phase !== 'finish' && !isQueueing && !isServedByNobody;
}

/** The way back is registered before the step acts: a step that failed may have acted all the same. */
async function runStep(deployment: Deployment, step: Step): Promise<void> {
  const { progress } = deployment;
  if (step.undo !== null) deployment.compensations.push(step.undo);
  // A promotion counts for the step that it met, not for the next one.
  deployment.control.takePromotion();
  deployment.stepStartedAtMs = Date.now();
  progress.step(step, { state: 'doing' });
  try {
    progress.step(step, { state: 'done', result: await perform(deployment, step) });
  } catch (error) {
    progress.step(
      step,
      isCancellation(error)
        ? { state: 'undone', result: 'interrupted' }
        : { state: 'failed', result: sentenceOf(error) },
    );
    throw error;
  }
}

async function perform(deployment: Deployment, step: Step): Promise<string> {
  switch (step.kind) {
    case 'bake':
      return bake(deployment, step);
    case 'ask':
      return (await askPerson(deployment, step, questionOf(step))).sentence;
    case 'shift':
      if (reachesUsers(deployment, step)) await endInheritedWindow(deployment);
      return shiftForward(deployment, step, (one) => forward(deployment, one));
    case 'launch':
    case 'awaitHealthy':
    case 'drain':
    case 'reduce':
    case 'retire':
      return watchBeside(deployment, step, () => forward(deployment, step));
    default:
      return forward(deployment, step);
  }
}

function questionOf({ deadlineMs, onDeadline, question }: AskStep): Question {
  return { question, deadlineMs, onDeadline, severity: 'high' };
}

/** In the gap of recreate nobody gets traffic: whatever stands by still stands by. */
function reachesUsers({ candidate }: Deployment, { weights }: ShiftStep): boolean {
  return (weights[candidate?.digest ?? ''] ?? 0) > 0;
}

function forward(deployment: Deployment, step: TargetStep): Promise<string> {
  const { effects, longEffects } = deployment.activities;
  return performStep(deployment, step, { orders: effects, waits: longEffects });
}

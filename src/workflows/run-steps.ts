import { formatCounted } from '../domain/format/count';
import { ApplicationFailure, isCancellation } from '@temporalio/workflow';
import type { LaunchStep, Step } from '../domain/rollout/plan';
import { bake } from './bake';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';
import { askPerson } from './ask-person';
import { whilePaused } from './while-paused';

/** The interpreter: the same few kinds of step for every strategy and target. */
export async function runSteps(deployment: Deployment, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.phase !== 'finish') await whilePaused(deployment, step);
    await runStep(deployment, step);
  }
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

async function perform(deployment: Deployment, step: Step): Promise<string | null> {
  const { activities, ref } = deployment;
  const summary = { summary: step.summary };
  switch (step.kind) {
    case 'launch':
      return launch(deployment, step);
    case 'awaitHealthy': {
      const { revision, size } = step;
      const deadlineAtMs = Date.now() + step.deadlineMs;
      await activities.longEffects.awaitHealthy.executeWithOptions(summary, [
        { ref, revision, size, deadlineAtMs },
      ]);
      return `${size} of ${size} healthy`;
    }
    case 'smoke': {
      const { revision, path, requests } = step;
      await activities.longEffects.smokeTest.executeWithOptions(summary, [
        { ref, revision, path, requests },
      ]);
      return `${requests} of ${requests} answered`;
    }
    case 'shift': {
      const { weights } = step;
      deployment.progress.commanded(weights, null);
      const order = { ref, fence: deployment.nextFence(), weights };
      const traffic = await activities.effects.shiftTraffic.executeWithOptions(summary, [order]);
      deployment.progress.commanded(weights, traffic.observed);
      return 'observed';
    }
    case 'bake':
      return bake(deployment, step);
    case 'ask':
      return askPerson(deployment, step, { question: step.question, deadlineMs: step.deadlineMs });
    case 'drain': {
      const { revision, timeoutMs } = step;
      const order = { ref, fence: deployment.nextFence(), revision, timeoutMs };
      const { cancelled } = await activities.longEffects.drainFleet.executeWithOptions(summary, [
        order,
      ]);
      return cancelled === 0 ? 'drained' : `${cancelled} requests cut off at the deadline`;
    }
    case 'retire': {
      const { revision, drainMs } = step;
      const order = { ref, fence: deployment.nextFence(), revision, drainMs };
      await activities.longEffects.retireFleet.executeWithOptions(summary, [order]);
      return 'gone';
    }
  }
}

async function launch(deployment: Deployment, step: LaunchStep): Promise<string> {
  const { activities, candidate: revision, ref } = deployment;
  if (revision?.digest !== step.revision) {
    throw ApplicationFailure.nonRetryable(
      'The plan launches a revision that was not verified here.',
    );
  }
  const order = { ref, fence: deployment.nextFence(), revision, size: step.size };
  await activities.effects.launchFleet.executeWithOptions({ summary: step.summary }, [
    { ...order, token: deployment.token(step.id) },
  ]);
  return `${formatCounted(step.size, 'instance')} started`;
}

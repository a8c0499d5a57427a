import { ApplicationFailure, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { formatCounted } from '../domain/format/count';
import { formatDuration } from '../domain/format/duration';
import type { Digest, Revision } from '../domain/revision';
import type {
  AskStep,
  AwaitHealthyStep,
  BakeStep,
  DrainStep,
  LaunchStep,
  QueueRequestsStep,
  ReduceStep,
  ReleaseRequestsStep,
  RetireStep,
  ShiftStep,
  SmokeStep,
  Step,
} from '../domain/rollout/plan';
import type { Deployment } from './deployment';

/** The steps that only move the target: the same forward and back. */
export type TargetStep = Exclude<Step, BakeStep | AskStep>;

/** How hard it is tried: forward a bounded number of times, on the way back for hours. */
export interface Means {
  readonly orders: ActivityInterfaceFor<Activities>;
  /** For what takes as long as instances take. */
  readonly waits: ActivityInterfaceFor<Activities>;
}

/** Runs one step against the target; answers how it went, in a few words. */
export function performStep(
  deployment: Deployment,
  step: TargetStep,
  { orders, waits }: Means,
): Promise<string> {
  switch (step.kind) {
    case 'launch':
      return launch(deployment, step, orders);
    case 'shift':
      return shift(deployment, step, orders);
    case 'queueRequests':
      return queueRequests(deployment, step, orders);
    case 'releaseRequests':
      return releaseRequests(deployment, step, orders);
    default:
      return waitFor(deployment, step, waits);
  }
}

type LongStep = AwaitHealthyStep | SmokeStep | DrainStep | ReduceStep | RetireStep;

/** What takes as long as instances take. */
async function waitFor(
  deployment: Deployment,
  step: LongStep,
  waits: Means['waits'],
): Promise<string> {
  const { ref } = deployment;
  const { revision } = step;
  const summary = { summary: step.summary };
  switch (step.kind) {
    case 'awaitHealthy': {
      const { size } = step;
      const order = { ref, revision, size, deadlineAtMs: Date.now() + step.deadlineMs };
      await waits.awaitHealthy.executeWithOptions(summary, [order]);
      return `${size} of ${size} healthy`;
    }
    case 'smoke': {
      const { path, requests } = step;
      await waits.smokeTest.executeWithOptions(summary, [{ ref, revision, path, requests }]);
      return `${requests} of ${requests} answered`;
    }
    case 'drain': {
      const order = { ref, fence: deployment.nextFence(), revision, timeoutMs: step.timeoutMs };
      const { cancelled } = await waits.drainFleet.executeWithOptions(summary, [order]);
      return cancelled === 0 ? 'drained' : `${cancelled} requests cut off at the deadline`;
    }
    case 'reduce': {
      const { drainMs, size } = step;
      const order = { ref, fence: deployment.nextFence(), revision, size, drainMs };
      await waits.reduceFleet.executeWithOptions(summary, [order]);
      return `${formatCounted(size, 'instance')} left`;
    }
    case 'retire': {
      const order = { ref, fence: deployment.nextFence(), revision, drainMs: step.drainMs };
      await waits.retireFleet.executeWithOptions(summary, [order]);
      return 'gone';
    }
  }
}

async function launch(
  deployment: Deployment,
  step: LaunchStep,
  orders: Means['orders'],
): Promise<string> {
  const { ref } = deployment;
  const revision = knownRevision(deployment, step.revision);
  const order = { ref, fence: deployment.nextFence(), revision, size: step.size };
  await orders.launchFleet.executeWithOptions({ summary: step.summary }, [
    { ...order, token: deployment.token(step.id) },
  ]);
  return `${formatCounted(step.size, 'instance')} started`;
}

function knownRevision({ candidate, stable }: Deployment, digest: Digest): Revision {
  const known = [candidate, stable?.revision ?? null].find((one) => one?.digest === digest);
  if (known) return known;
  throw ApplicationFailure.nonRetryable('The plan launches a revision that was not verified here.');
}

async function shift(
  deployment: Deployment,
  { summary, weights }: ShiftStep,
  orders: Means['orders'],
): Promise<string> {
  const { progress, ref } = deployment;
  progress.commanded(weights, null);
  deployment.commandedWeights = weights;
  deployment.isServedByNobody = Object.keys(weights).length === 0;
  const order = { ref, fence: deployment.nextFence(), weights };
  const traffic = await orders.shiftTraffic.executeWithOptions({ summary }, [order]);
  progress.commanded(weights, traffic.observed);
  return 'observed';
}

async function queueRequests(
  deployment: Deployment,
  { summary, mostWaitMs }: QueueRequestsStep,
  orders: Means['orders'],
): Promise<string> {
  const order = { ref: deployment.ref, fence: deployment.nextFence(), mostWaitMs };
  await orders.queueRequests.executeWithOptions({ summary }, [order]);
  deployment.isQueueing = true;
  return `each waits at most ${formatDuration(mostWaitMs)}`;
}

async function releaseRequests(
  deployment: Deployment,
  { summary }: ReleaseRequestsStep,
  orders: Means['orders'],
): Promise<string> {
  const order = { ref: deployment.ref, fence: deployment.nextFence() };
  const gap = await orders.releaseRequests.executeWithOptions({ summary }, [order]);
  deployment.isQueueing = false;
  return gapText(gap);
}

type Gap = Awaited<ReturnType<Activities['releaseRequests']>>;

function gapText({ queued, longestMs, refused }: Gap): string {
  if (queued === 0) return 'no request had to wait';
  const waited = `${formatCounted(queued, 'request')} waited, at most ${formatDuration(longestMs)}`;
  return refused === 0 ? waited : `${waited}; ${refused} were refused`;
}

import { CancellationScope, sleep } from '@temporalio/workflow';
import { shortDigest } from '../domain/revision';
import type { Weights } from '../domain/rollout/plan';
import { sameWeights } from '../domain/target-state';
import { UNSERVABLE } from './activity-proxies';
import { raiseAlert } from './alert';
import { claimTarget } from './claim-target';
import type { Deployment } from './deployment';
import { codeOf, sentenceOf } from './departure';

const ALERT_AFTER_MS = 60_000;

/**
 * Tries for hours where the target does not answer or nothing can serve, and a quarter of an hour where another fleet keeps the
 * traffic: a revision that mends it must not wait for this lock longer than that. A person is told after a minute. Depends on
 * nothing but the target: not on the candidate's health, not on a metric, not on the phase. Answers whether the weights are
 * observed; what is not is named.
 */
export async function restoreWeights(deployment: Deployment, weights: Weights): Promise<boolean> {
  try {
    await withAlarm(deployment, () =>
      untilServable(deployment, () => giveBack(deployment, weights)),
    );
    return true;
  } catch (error) {
    if (codeOf(error) === 'FENCED') return await settleFenced(deployment, weights);
    deployment.progress.leftBehind(`the weights (${sentenceOf(error)})`);
    return false;
  }
}

const WHILE_ANOTHER_SERVES_MS = 15 * 60_000;
const LONGEST_MS = 3 * 60 * 60_000;
const SHORTEST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/** Does it again, with growing pauses, as long as only a fleet that cannot serve stands in the way. */
export async function untilServable<T>(deployment: Deployment, body: () => Promise<T>): Promise<T> {
  const sinceMs = Date.now();
  for (;;) {
    try {
      return await body();
    } catch (error) {
      if (!UNSERVABLE.has(codeOf(error) ?? '')) throw error;
      const triedMs = Date.now() - sinceMs;
      if (triedMs >= LONGEST_MS) throw error;
      if (triedMs >= WHILE_ANOTHER_SERVES_MS && (await somebodyServes(deployment))) throw error;
      await sleep(pauseAfter(triedMs));
    }
  }
}

/**
 * A twentieth of what it has taken so far: nobody waits much longer than they have waited anyway, and three hours of tries fill
 * less of the history than a server warns about (a run whose history is too long is ended by the server, with nobody to give traffic back).
 */
function pauseAfter(triedMs: number): number {
  return Math.min(Math.max(SHORTEST_PAUSE_MS, Math.round(triedMs / 20)), LONGEST_PAUSE_MS);
}

async function somebodyServes({ activities, ref }: Deployment): Promise<boolean> {
  const { traffic } = await activities.restores.describeTarget(ref);
  return Object.keys(traffic.observed).length > 0;
}

/** A person hears of a way back that takes longer than a minute. */
export async function withAlarm<T>(deployment: Deployment, body: () => Promise<T>): Promise<T> {
  const alarm = new CancellationScope({ cancellable: true });
  const ringing = alarm.run(async () => {
    await sleep(ALERT_AFTER_MS);
    await raiseAlert(
      deployment,
      'Traffic could not be given back to the stable revision for one minute; still trying.',
    );
  });
  ringing.catch(() => undefined);
  try {
    return await body();
  } finally {
    alarm.cancel();
  }
}

async function giveBack(deployment: Deployment, weights: Weights): Promise<void> {
  const { activities, progress, ref } = deployment;
  const traffic = await activities.restores.shiftTraffic.executeWithOptions(
    { summary: 'Give all traffic back' },
    [{ ref, fence: deployment.nextFence(), weights }],
  );
  progress.commanded(weights, traffic.observed);
  deployment.undone.push(`gave ${describe(weights)}`);
}

function describe(weights: Weights): string {
  const shares = Object.entries(weights).map(
    ([revision, share]) => `${share} % of the traffic to ${shortDigest(revision)}`,
  );
  return shares.length === 0 ? 'no traffic to anybody' : shares.join(', ');
}

/**
 * Another claim holds the target. This deployment's own older run (after a reset): the next claim is ours. Anybody else, a
 * person who broke the glass or the target's own way back: it is over when stable is observed.
 */
async function settleFenced(deployment: Deployment, weights: Weights): Promise<boolean> {
  const { activities, progress, ref, request } = deployment;
  try {
    const { traffic } = await activities.reads.describeTarget(ref);
    if (sameWeights(traffic.observed, weights)) return true;
    if (traffic.claim?.deploymentId === request.deploymentId) {
      await claimTarget(deployment);
      await giveBack(deployment, weights);
      return true;
    }
    progress.leftBehind('the weights: another claim holds the target');
  } catch (error) {
    progress.leftBehind(`the weights: another claim holds the target (${sentenceOf(error)})`);
  }
  return false;
}

import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
} from '@temporalio/workflow';
import type { Outcome } from '../domain/outcome';
import { shortDigest, type Digest } from '../domain/revision';
import { closeRecord, openRecord } from './book-keeping';
import { DecisionLoop } from './decision-loop';
import type { Deployment } from './deployment';
import { departureOf, type Departure } from './departure';
import type { DeploymentOutcome } from './messages';
import { closeAlerts } from './take-alerts';
import { tell, toldEverything } from './tell';
import { unwind } from './unwind';

/** Runs the way forward; any failure, breach or decision ends it and unwinds what was done. */
export async function settle(
  deployment: Deployment,
  wayForward: () => Promise<string>,
): Promise<DeploymentOutcome> {
  const decisions = new DecisionLoop(deployment);
  const deciding = CancellationScope.nonCancellable(() => decisions.run());
  const departure = await attempt(deployment, wayForward);
  deployment.inheritedWatch?.cancel();
  return CancellationScope.nonCancellable(async () => {
    const outcome = await conclude(deployment, departure);
    closeAlerts(deployment, outcome.outcome);
    await closeRecord(deployment, outcome);
    await tellOutcome(deployment, outcome);
    await toldEverything(deployment);
    // Last, because a ledger that is away can take long, and every decision is answered until the end.
    decisions.close();
    await deciding;
    await condition(allHandlersFinished);
    return answer(outcome);
  });
}

interface Success {
  readonly outcome: 'succeeded';
  readonly cause: string;
}

async function attempt(
  deployment: Deployment,
  wayForward: () => Promise<string>,
): Promise<Departure | Success> {
  try {
    await CancellationScope.nonCancellable(() => openRecord(deployment));
    const cause = await deployment.forward.run(wayForward);
    return { outcome: 'succeeded', cause };
  } catch (error) {
    return departureOf(error, deployment);
  }
}

async function conclude(
  deployment: Deployment,
  departure: Departure | Success,
): Promise<DeploymentOutcome> {
  if ('hold' in departure) deployment.departure = departure;
  const outcome: Outcome = 'hold' in departure ? await unwind(deployment, departure) : 'succeeded';
  deployment.progress.end(outcome, departure.cause);
  const { revision, leftBehind } = deployment.progress.snapshot();
  return {
    deploymentId: deployment.request.deploymentId,
    outcome,
    cause: departure.cause,
    revision,
    serving: servingAfter(deployment, outcome),
    leftBehind,
  };
}

/** That it is live was told when it was. */
async function tellOutcome(
  deployment: Deployment,
  { cause, leftBehind, outcome }: DeploymentOutcome,
): Promise<void> {
  const next = `belay show ${deployment.request.deploymentId}`;
  switch (outcome) {
    case 'rollback-incomplete':
      return tell(deployment, {
        kind: 'rollback-incomplete',
        severity: 'critical',
        sentence: `${cause} The way back is not complete: ${leftBehind.join('; ')}. Act now.`,
        next,
      });
    case 'rolled-back': {
      const sentence = `${cause} Rolled back: ${whoServes(deployment)}.`;
      return tell(deployment, { kind: 'rolled-back', severity: 'high', sentence, next });
    }
    case 'blocked':
      return tell(deployment, { kind: 'blocked', severity: 'medium', sentence: cause, next });
    case 'succeeded':
    case 'rejected':
    case 'cancelled':
    case 'superseded':
      return;
  }
}

function whoServes({ stableDigest }: Deployment): string {
  return stableDigest === null
    ? 'nothing serves, as before'
    : `${shortDigest(stableDigest)} serves everybody`;
}

/** What serves everybody; after a way back that is not complete only what is seen to. */
function servingAfter(deployment: Deployment, outcome: Outcome): Digest | null {
  const { observed, revision } = deployment.progress.snapshot();
  switch (outcome) {
    case 'succeeded':
      return revision;
    case 'rollback-incomplete':
      if (observed?.candidate === 100) return revision;
      return observed?.stable === 100 ? deployment.stableDigest : null;
    default:
      return deployment.stableDigest;
  }
}

/** The outcome is a value; only a way back that is not complete fails the workflow, and names what was left behind. */
function answer(outcome: DeploymentOutcome): DeploymentOutcome {
  if (outcome.outcome !== 'rollback-incomplete') return outcome;
  throw ApplicationFailure.create({
    message: `${outcome.cause} The way back is not complete: ${outcome.leftBehind.join('; ')}. Act now.`,
    type: 'ROLLBACK_INCOMPLETE',
    nonRetryable: true,
    details: [outcome],
  });
}

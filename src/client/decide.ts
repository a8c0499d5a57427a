import type { Decision, DecisionKind, DecisionRecord } from '../domain/approval/decision';
import { LONGEST_TEXT } from '../domain/approval/parse-decision';
import { BelayError } from '../domain/errors';
import type { DeploymentRun } from './deployment-client';
import { newDecisionId } from './deployment-id';
import type { TemporalRuns } from './temporal-runs';

export interface DecisionOrder {
  readonly kind: DecisionKind;
  readonly actor: string;
  readonly reason: string | null;
  /** Required for `approve`: the plan that was looked at. */
  readonly planDigest?: string;
  /** Only of `promote`: the percent to go to at once. */
  readonly to?: number;
}

export interface DecisionReceipt {
  readonly decision: Decision;
  /** null: recorded; no worker has taken it up yet. */
  readonly record: DecisionRecord | null;
}

const ANSWER_MS = 5_000;
/** A decision that lets something happen is about what was seen: it does not wait for ever. */
const VALID_MS = 60 * 60_000;
const BACKWARD_VALID_MS = 24 * VALID_MS;

/** Sends the decision, durably, and waits five seconds for what became of it. */
export async function decide(
  runs: TemporalRuns,
  run: DeploymentRun,
  order: DecisionOrder,
): Promise<DecisionReceipt> {
  const decision = decisionOf(run, order);
  const delivered = await runs.signalDecision(run, decision);
  if (!delivered) throw tooLate(run, order.kind);
  const question = { decisionId: decision.id, withinMs: ANSWER_MS };
  return { decision, record: await runs.awaitDecision(run, question) };
}

function decisionOf(run: DeploymentRun, order: DecisionOrder): Decision {
  refuseUnreadable(run, order);
  const issuedAt = Date.now();
  return {
    v: 1,
    id: newDecisionId(issuedAt),
    deploymentId: run.deployment,
    ...(order.planDigest === undefined ? {} : { planDigest: order.planDigest }),
    kind: order.kind,
    ...(order.to === undefined ? {} : { to: order.to }),
    actor: order.actor,
    reason: order.reason,
    issuedAt,
    expiresAt: issuedAt + validityMs(order.kind),
  };
}

/** The workflow could not read it, and a rollback would be lost without a word. */
function refuseUnreadable(run: DeploymentRun, { actor, kind, reason }: DecisionOrder): void {
  const isNamed = actor !== '' && actor.length <= LONGEST_TEXT;
  if (isNamed && (reason ?? '').length <= LONGEST_TEXT) return;
  throw new BelayError(
    'USAGE',
    `"${kind}" was not sent to ${run.deployment}: it needs a name, and name and reason have at most ${LONGEST_TEXT} characters. Traffic stays as it is.`,
    { next: 'Shorten --reason, or say who decides with --as.' },
  );
}

function validityMs(kind: DecisionKind): number {
  switch (kind) {
    case 'rollback':
    case 'abort':
    case 'reject':
    case 'pause':
      return BACKWARD_VALID_MS;
    case 'approve':
    case 'resume':
    case 'promote':
    case 'yield':
    case 'supersede':
      return VALID_MS;
  }
}

function tooLate(run: DeploymentRun, kind: DecisionKind): BelayError {
  return new BelayError(
    'DECISION_REFUSED',
    `${run.deployment} has ended: "${kind}" came too late and changed nothing. Traffic stays as it is.`,
    { next: `\`belay status ${run.deployment}\` shows how it ended.` },
  );
}

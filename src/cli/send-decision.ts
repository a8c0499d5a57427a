import { serviceName } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { PersonsKind } from '../domain/approval/decision';
import type { DecisionReceipt, DeploymentRun } from '../client/index';
import { actorName } from './actor';
import type { CliContext } from './context';
import { withoutKind } from './output/decision-answer';

export interface DecisionWish {
  readonly kind: PersonsKind;
  readonly as: string | undefined;
  readonly reason: string | undefined;
  /** The plan that was looked at; only for `approve`. Left out, the one that status shows now. */
  readonly planDigest: string | undefined;
  /** Percent; only for `promote`. */
  readonly to?: number | undefined;
}

/**
 * Sends one decision about a running deployment and says what became of it.
 * @throws BelayError `DECISION_REFUSED`
 */
export async function sendDecision(
  run: DeploymentRun,
  wish: DecisionWish,
  context: CliContext,
): Promise<DecisionReceipt> {
  const client = await context.client();
  const planDigest = wish.kind === 'approve' ? await planOf(run, wish, context) : null;
  const receipt = await client.decide(run, {
    kind: wish.kind,
    actor: actorName(wish.as, context.env),
    reason: wish.reason ?? null,
    ...(planDigest === null ? {} : { planDigest }),
    ...(wish.to === undefined ? {} : { to: wish.to }),
  });
  if (receipt.record?.effect === 'refused') throw refused(run, receipt);
  return receipt;
}

/** An approval is bound to the plan that was looked at: the one named, else the one that status shows now. */
async function planOf(
  run: DeploymentRun,
  wish: DecisionWish,
  context: CliContext,
): Promise<string> {
  if (wish.planDigest !== undefined) return wish.planDigest;
  const client = await context.client();
  const { status } = await client.status(run);
  if (status.planDigest !== null) {
    context.terminal.note(`approving plan ${status.planDigest} of ${run.deployment}`);
    return status.planDigest;
  }
  throw new BelayError(
    'DECISION_REFUSED',
    `${run.deployment} shows no plan that could be approved (phase ${status.phase}). Nothing was sent; traffic stays as it is.`,
    {
      next: `Look again with \`belay status ${serviceName(run.ref)}\`, or name one with --plan DIGEST.`,
    },
  );
}

function refused(run: DeploymentRun, { decision, record }: DecisionReceipt): BelayError {
  return new BelayError(
    'DECISION_REFUSED',
    `${run.deployment} refused "${decision.kind}": ${withoutKind(record?.sentence ?? 'no reason was given', decision.kind)}. The deployment goes on as before.`,
    {
      next: `\`belay status ${serviceName(run.ref)}\` shows where it stands.`,
      details: { decision: decision.id, verification: record?.verification ?? null },
    },
  );
}

import { serviceName } from '../../domain/deployment';
import { BelayError } from '../../domain/errors';
import type { PersonsKind } from '../../domain/approval/decision';
import type { DecisionReceipt, DeploymentRun } from '../../client/index';
import { actorName } from '../actor';
import type { CliContext, Command } from '../context';
import { exitCodeOfUndo, type ExitCode } from '../exit-codes';
import { findDeployment } from '../find-deployment';
import { detachNotice, followDeployment } from '../follow-deployment';
import { decisionAnswer, withoutKind } from '../output/decision-answer';

export interface DecideOptions {
  readonly kind: PersonsKind;
  readonly deployment: string | undefined;
  readonly as: string | undefined;
  readonly reason: string | undefined;
  /** The plan that was looked at; only for `approve`. */
  readonly planDigest: string | undefined;
  /** Percent; only for `promote`. */
  readonly to?: number | undefined;
  /** How long to watch an undo; only for `rollback` and `abort`. */
  readonly waitMs: number;
}

/** Sends one decision and says what became of it; an undo is followed until it is over. */
export const decide: Command<DecideOptions> = async (options, context) => {
  const run = await findDeployment(options.deployment, context);
  if (run.state !== 'running') throw ended(run, options.kind);
  const receipt = await send(run, options, context);
  if (receipt.record?.effect === 'refused') throw refused(run, receipt);
  if (isUndo(options.kind) && options.waitMs > 0) {
    return watchUndo({ run, receipt, options }, context);
  }
  context.terminal.result(decisionAnswer({ run, receipt, view: null }));
  return receipt.record === null ? 124 : 0;
};

async function send(
  run: DeploymentRun,
  options: DecideOptions,
  context: CliContext,
): Promise<DecisionReceipt> {
  const client = await context.client();
  const planDigest = options.kind === 'approve' ? await planOf(run, options, context) : null;
  return client.decide(run, {
    kind: options.kind,
    actor: actorName(options.as, context.env),
    reason: options.reason ?? null,
    ...(planDigest === null ? {} : { planDigest }),
    ...(options.to === undefined ? {} : { to: options.to }),
  });
}

function isUndo(kind: DecideOptions['kind']): boolean {
  return kind === 'rollback' || kind === 'abort';
}

interface Undo {
  readonly run: DeploymentRun;
  readonly receipt: DecisionReceipt;
  readonly options: DecideOptions;
}

async function watchUndo({ run, receipt, options }: Undo, context: CliContext): Promise<ExitCode> {
  const { terminal } = context;
  decisionAnswer({ run, receipt, view: null }).text.forEach(terminal.progress);
  const sinceMs = receipt.decision.issuedAt;
  const bounds = { until: 'ended', timeoutMs: options.waitMs, sinceMs } as const;
  const result = await followDeployment(run, bounds, context);
  if (result.end !== 'reached') detachNotice(run).forEach(terminal.note);
  const { json } = decisionAnswer({ run, receipt, view: result.view });
  const outcome = result.view?.status.outcome ?? null;
  terminal.result({ json, text: outcome === null ? [] : [`${run.deployment}: ${outcome}`] });
  return exitCodeOfUndo(result);
}

/** An approval is bound to the plan that was looked at: the one named, else the one that status shows now. */
async function planOf(
  run: DeploymentRun,
  options: DecideOptions,
  context: CliContext,
): Promise<string> {
  if (options.planDigest !== undefined) return options.planDigest;
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

/** Decisions are about what runs; undo after the end is a command of its own. */
function ended(run: DeploymentRun, kind: DecideOptions['kind']): BelayError {
  const name = serviceName(run.ref);
  const message = `The newest deployment of ${name}, ${run.deployment}, has ended: "${kind}" changed nothing, and traffic stays as it is.`;
  const next =
    kind === 'rollback'
      ? `Run it again: after the end, \`belay rollback ${name}\` brings an earlier revision back.`
      : `\`belay status ${name}\` shows how it ended; \`belay rollback ${name}\` brings an earlier revision back.`;
  return new BelayError('DECISION_REFUSED', message, { next });
}

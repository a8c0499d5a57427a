import { serviceName } from '../../domain/deployment';
import { BelayError } from '../../domain/errors';
import type { DecisionReceipt, DeploymentRun } from '../../client/index';
import type { CliContext, Command } from '../context';
import { exitCodeOfUndo, type ExitCode } from '../exit-codes';
import { findDeployment } from '../find-deployment';
import { detachNotice, followDeployment } from '../follow-deployment';
import { decisionAnswer } from '../output/decision-answer';
import { sendDecision, type DecisionWish } from '../send-decision';

export interface DecideOptions extends DecisionWish {
  readonly deployment: string | undefined;
  /** How long to watch an undo; only for `rollback` and `abort`. */
  readonly waitMs: number;
}

/** Sends one decision and says what became of it; an undo is followed until it is over. */
export const decide: Command<DecideOptions> = async (options, context) => {
  const run = await findDeployment(options.deployment, context);
  if (run.state !== 'running') throw ended(run, options.kind);
  const receipt = await sendDecision(run, options, context);
  if (isUndo(options.kind) && options.waitMs > 0) {
    return watchUndo({ run, receipt, options }, context);
  }
  context.terminal.result(decisionAnswer({ run, receipt, view: null }));
  return receipt.record === null ? 124 : 0;
};

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
  const { as, waitMs } = options;
  const bounds = { until: 'ended', timeoutMs: waitMs, sinceMs, as } as const;
  const result = await followDeployment(run, bounds, context);
  if (result.end !== 'reached') detachNotice(run).forEach(terminal.note);
  const { json } = decisionAnswer({ run, receipt, view: result.view });
  const outcome = result.view?.status.outcome ?? null;
  terminal.result({ json, text: outcome === null ? [] : [`${run.deployment}: ${outcome}`] });
  return exitCodeOfUndo(result);
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

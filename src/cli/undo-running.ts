import type { DeploymentRun, StatusView } from '../client/index';
import { BelayError } from '../domain/errors';
import { beginsWith, isDigestBeginning } from '../domain/history/choose-candidate';
import { ciRequestKey } from './actor';
import { decide } from './commands/decide';
import type { RollbackOptions } from './commands/rollback';
import type { CliContext } from './context';
import type { ExitCode } from './exit-codes';
import { followStarted } from './follow-started';
import { loadBringBack } from './lazy-config';

const UNDO_WAIT_MS = 120_000;

/** A running deployment goes back where it came from; to another revision it makes way for a deployment of that. */
export async function undoRunning(
  run: DeploymentRun,
  options: RollbackOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { to, waitMs } = options;
  if (isRepeated(run, context)) {
    return followStarted({ run, attached: true }, { detach: waitMs === 0, waitMs }, context);
  }
  const view = await (await context.client()).status(run);
  if (isItsOwnWayBack(view, to)) return decideOrBringBack(run, options, context);
  return loadBringBack().bringBack({ ...options, ref: run.ref, undone: view.status }, context);
}

/** A CI job that is run again must not undo the undo of its first try. */
function isRepeated({ isWayBack, requestKey }: DeploymentRun, { env }: CliContext): boolean {
  return isWayBack && requestKey !== null && requestKey === ciRequestKey(env);
}

/** Where a running deployment goes back to is what serves without it. */
function isItsOwnWayBack({ status }: StatusView, to: string | undefined): boolean {
  if (to === undefined) return true;
  return isDigestBeginning(to) && status.stable !== null && beginsWith(status.stable, to);
}

async function decideOrBringBack(
  run: DeploymentRun,
  options: RollbackOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { deployment, as, reason, waitMs, strategy } = options;
  if (strategy !== undefined) {
    context.terminal.note('--strategy has no effect: the running deployment goes its own way back');
  }
  const bounds = { planDigest: undefined, waitMs: waitMs ?? UNDO_WAIT_MS };
  try {
    return await decide({ kind: 'rollback', deployment, as, reason, ...bounds }, context);
  } catch (error) {
    if (!(await hasJustSucceeded(run, error, context))) throw error;
    return loadBringBack().bringBack({ ...options, ref: run.ref, undone: null }, context);
  }
}

/** The longest drain that a file may ask for is an hour. */
const FINISHES_WITHIN_MS = 65 * 60_000;

/** It was retiring the old fleet, which nothing interrupts: a moment later, undo is a deployment of its own. */
async function hasJustSucceeded(
  run: DeploymentRun,
  refusal: unknown,
  context: CliContext,
): Promise<boolean> {
  if (!(refusal instanceof BelayError) || refusal.code !== 'DECISION_REFUSED') return false;
  const client = await context.client();
  const { phase } = (await client.status(run)).status;
  if (phase !== 'finish' && phase !== 'ended') return false;
  const bounds = { timeoutMs: FINISHES_WITHIN_MS, signal: context.interrupted };
  const { view } = await client.wait(run, { until: 'ended', ...bounds });
  return view?.status.outcome === 'succeeded';
}

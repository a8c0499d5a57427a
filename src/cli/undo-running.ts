import type { DeploymentRun } from '../client/index';
import { BelayError } from '../domain/errors';
import { beginsWith, isDigestBeginning } from '../domain/history/choose-candidate';
import type { Digest } from '../domain/revision';
import type { ServiceRecord } from '../domain/service-record';
import type { DeploymentStatus } from '../domain/status';
import { ciRequestKey } from './actor';
import { decide } from './commands/decide';
import type { RollbackOptions } from './commands/rollback';
import type { CliContext } from './context';
import type { ExitCode } from './exit-codes';
import { followStarted } from './follow-started';
import { loadBringBack } from './lazy-config';

const UNDO_WAIT_MS = 120_000;

interface Undo {
  readonly run: DeploymentRun;
  readonly options: RollbackOptions;
}

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
  if (to === undefined) return decideOrBringBack('rollback', { run, options }, context);
  const { status } = await (await context.client()).status(run);
  const way = wayTo(to, status, await context.adapters().records.read(run.ref));
  switch (way) {
    case 'rollback':
    case 'abort':
      return decideOrBringBack(way, { run, options }, context);
    case 'another':
      return loadBringBack().bringBack({ ...options, ref: run.ref, undone: status }, context);
  }
}

/** A CI job that is run again must not undo the undo of its first try. */
function isRepeated({ isWayBack, requestKey }: DeploymentRun, { env }: CliContext): boolean {
  return isWayBack && requestKey !== null && requestKey === ciRequestKey(env);
}

/** How the running deployment gets where somebody wants it; `another`: by a deployment of that revision. */
type Way = 'rollback' | 'abort' | 'another';

function wayTo(to: string, status: DeploymentStatus, service: ServiceRecord): Way {
  if (!isDigestBeginning(to)) return 'another';
  const standsBy = inheritedBy(status, service);
  if (standsBy !== null && beginsWith(standsBy, to)) return 'rollback';
  const stable = stableOf(status, service);
  if (stable === null || !beginsWith(stable, to)) return 'another';
  // A rollback would go past what serves, to the fleet that stands by.
  return standsBy === null ? 'rollback' : 'abort';
}

/** Before its plan, and while no worker answers, only the service's record tells what serves without it. */
function stableOf({ stable, live }: DeploymentStatus, service: ServiceRecord): Digest | null {
  return stable ?? (live ? null : (service.stable?.revision.digest ?? null));
}

/** The fleet that an earlier deployment left standing by: until users see this one, that is what a rollback means. */
function inheritedBy(status: DeploymentStatus, service: ServiceRecord): Digest | null {
  const { warm } = service;
  if (warm === null || status.firstTrafficAtMs !== null || warm.untilMs <= Date.now()) return null;
  return warm.revision.digest === stableOf(status, service) ? null : warm.revision.digest;
}

async function decideOrBringBack(
  kind: 'rollback' | 'abort',
  { run, options }: Undo,
  context: CliContext,
): Promise<ExitCode> {
  const { deployment, as, reason, waitMs, strategy } = options;
  if (strategy !== undefined) {
    context.terminal.note('--strategy has no effect: the running deployment goes its own way back');
  }
  const bounds = { planDigest: undefined, waitMs: waitMs ?? UNDO_WAIT_MS };
  try {
    return await decide({ kind, deployment, as, reason, ...bounds }, context);
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

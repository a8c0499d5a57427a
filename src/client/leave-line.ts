import type { ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { LineEnd } from '../domain/line/line-end';
import type { LeaveOrder } from '../domain/line/line-entry';
import { refsOfDeploymentId } from './deployment-id';
import { findInLine } from './find-in-line';
import { pause } from './pause';
import { placeInLine, type PlaceInLine } from './place-in-line';
import type { TemporalRuns } from './temporal-runs';

export interface LeaveReceipt {
  readonly ref: ServiceRef;
  readonly deployment: string;
  /** null: recorded; no worker has taken it up yet. */
  readonly end: LineEnd | null;
}

const ANSWER_MS = 10_000;
const INTERVAL_MS = 250;

/**
 * Takes one out of the line, durably, and waits ten seconds for what became of it.
 * @throws BelayError `DEPLOYMENT_NOT_FOUND` where it does not wait, `DECISION_REFUSED` where it was started meanwhile
 */
export async function leaveLine(runs: TemporalRuns, order: LeaveOrder): Promise<LeaveReceipt> {
  const deployment = order.deploymentId;
  const { ref, deadlineMs } = await askToLeave(runs, order);
  const waiting = { deployment, ref, lineRunId: '', attached: false, deadlineMs };
  const untilMs = Date.now() + ANSWER_MS;
  while (Date.now() < untilMs) {
    const at = await findInLine(runs, waiting);
    if (at.kind === 'started') throw started(deployment);
    if (at.kind === 'ended') return { ref, deployment, end: at.end };
    // Nobody is there to take it up: it is recorded, and more than that nobody can say now.
    if (at.kind === 'no-answer') break;
    await pause(INTERVAL_MS);
  }
  return { ref, deployment, end: null };
}

type Asked = Pick<PlaceInLine, 'ref' | 'deadlineMs'>;

async function askToLeave(runs: TemporalRuns, order: LeaveOrder): Promise<Asked> {
  try {
    const place = await placeInLine(runs, order.deploymentId);
    if (place !== null && (await runs.leaveLine(place.ref, order))) return place;
  } catch (error) {
    if (!(error instanceof BelayError) || error.code !== 'NO_WORKER') throw error;
    const ref = await leaveUnseen(runs, order);
    if (ref !== null) return { ref, deadlineMs: 0 };
  }
  throw notInLine(order.deploymentId);
}

/** Every open line that the id may belong to is told: those that do not know it change nothing. Null: there is none. */
async function leaveUnseen(runs: TemporalRuns, order: LeaveOrder): Promise<ServiceRef | null> {
  let told: ServiceRef | null = null;
  for (const ref of refsOfDeploymentId(order.deploymentId)) {
    if (await runs.leaveLine(ref, order)) told ??= ref;
  }
  return told;
}

function notInLine(deployment: string): BelayError {
  return new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `${deployment} waits in no line. Nothing was changed; traffic stays as it is.`,
    {
      next: `\`belay status ${deployment}\` shows whether it was started; \`belay abort ${deployment}\` undoes it.`,
    },
  );
}

function started(deployment: string): BelayError {
  return new BelayError(
    'DECISION_REFUSED',
    `${deployment} was started before it could leave the line, and goes on.`,
    { next: `Undo it with \`belay abort ${deployment}\`.`, details: { deployment } },
  );
}

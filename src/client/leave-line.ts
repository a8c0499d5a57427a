import type { ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { LineEnd } from '../domain/line/line-end';
import type { LeaveOrder } from '../domain/line/line-entry';
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
  const { ref, deadlineMs } = await placeOf(runs, deployment);
  if (!(await runs.leaveLine(ref, order))) throw notInLine(deployment);
  const waiting = { deployment, ref, lineRunId: '', attached: false, deadlineMs };
  for (let waitedMs = 0; waitedMs < ANSWER_MS; waitedMs += INTERVAL_MS) {
    const at = await findInLine(runs, waiting);
    if (at.kind === 'started') throw started(deployment);
    if (at.kind === 'ended') return { ref, deployment, end: at.end };
    await pause(INTERVAL_MS);
  }
  return { ref, deployment, end: null };
}

async function placeOf(runs: TemporalRuns, deployment: string): Promise<PlaceInLine> {
  const place = await placeInLine(runs, deployment);
  if (place === null) throw notInLine(deployment);
  return place;
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

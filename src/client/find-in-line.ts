import { lineWorkflowId } from '../domain/line/line-entry';
import type { LineEnd } from '../domain/line/line-end';
import type { LinePlace, LineView } from '../domain/line/line-view';
import { deployWorkflowId, type ServiceRef } from '../domain/deployment';
import type { DeploymentRun } from './deployment-client';
import type { RunDescription, TemporalRuns } from './temporal-runs';

/** One that joined the line, as its client remembers it. */
export interface WaitingDeployment {
  readonly deployment: string;
  readonly ref: ServiceRef;
  /** The run of the line that took it in. */
  readonly lineRunId: string;
  /** True: another one with the same request key stood in line already, and this is it. */
  readonly attached: boolean;
  /** From then on it waits no more. */
  readonly deadlineMs: number;
}

/** Where a deployment is that joined the line. */
export type Whereabouts =
  | { readonly kind: 'waiting'; readonly position: LinePosition }
  | { readonly kind: 'started'; readonly run: DeploymentRun }
  | { readonly kind: 'ended'; readonly end: Exclude<LineEnd, { readonly kind: 'started' }> }
  /** No worker answered. */
  | { readonly kind: 'no-answer' }
  /** Nobody knows it; for a moment that is possible. */
  | { readonly kind: 'unknown' };

export interface LinePosition {
  readonly place: LinePlace;
  /** Who holds the lock; null: nobody does. */
  readonly running: { readonly deployment: string; readonly phase: string } | null;
  /** How many go first, the running one included. */
  readonly ahead: number;
}

const QUERY_MS = 2_000;

/** Looks for it first where it wants to be: among the runs that hold the lock. */
export async function findInLine(
  runs: TemporalRuns,
  waiting: WaitingDeployment,
): Promise<Whereabouts> {
  const { ref, deployment } = waiting;
  const newest = await runs.describe({ workflowId: deployWorkflowId(ref), runId: null });
  if (newest?.attributes.deployment === deployment) return started(newest, waiting);
  const view = await viewWith(runs, waiting);
  if (view === 'no-answer') return { kind: 'no-answer' };
  const inLine = view === null ? null : whereIn(view, deployment, newest);
  if (inLine !== null) return inLine;
  const [run] = await runs.list({ deployment });
  return run === undefined ? { kind: 'unknown' } : started(run, waiting);
}

/** Null: it was started, and is no longer the newest run. */
function whereIn(
  { waiting, past }: LineView,
  deployment: string,
  newest: RunDescription | null,
): Whereabouts | null {
  const place = waiting.find(({ deploymentId }) => deploymentId === deployment);
  if (place !== undefined) return { kind: 'waiting', position: positionOf(place, newest) };
  const end = past.find(({ deploymentId }) => deploymentId === deployment)?.end;
  return end === undefined || end.kind === 'started' ? null : { kind: 'ended', end };
}

/** The line as it is now, else the run of it that took the deployment in; null: neither knows it. */
async function viewWith(
  runs: TemporalRuns,
  { ref, deployment, lineRunId }: WaitingDeployment,
): Promise<LineView | null | 'no-answer'> {
  const workflowId = lineWorkflowId(ref);
  try {
    for (const runId of [null, lineRunId]) {
      const view = await runs.queryLine({ workflowId, runId }, QUERY_MS);
      if (view !== null && knows(view, deployment)) return view;
    }
    return null;
  } catch {
    return 'no-answer';
  }
}

function knows({ waiting, past }: LineView, deployment: string): boolean {
  return [...waiting, ...past].some(({ deploymentId }) => deploymentId === deployment);
}

function started(run: RunDescription, { deployment, ref }: WaitingDeployment): Whereabouts {
  return { kind: 'started', run: { ...run, deployment, ref } };
}

function positionOf(place: LinePlace, newest: RunDescription | null): LinePosition {
  const running =
    newest?.state === 'running'
      ? {
          deployment: newest.attributes.deployment ?? newest.workflowId,
          phase: newest.attributes.phase ?? 'store',
        }
      : null;
  return { place, running, ahead: place.place - 1 + (running === null ? 0 : 1) };
}

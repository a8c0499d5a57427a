import type { ServiceRef } from '../domain/deployment';
import type { LinePlace } from '../domain/line/line-view';
import type { Phase } from '../domain/phase';
import { sparseStatus } from '../domain/sparse-status';
import type { ArmWeights, DeploymentStatus } from '../domain/status';
import type { RunOrigin } from './run-origin';
import type { RunDescription, RunOutcome, RunState } from './temporal-runs';

/** Where a status came from: the workflow itself, or Temporal's own view of the run when no worker answers. */
export type StatusSource = 'workflow' | 'temporal' | 'line' | 'ledger' | 'platform';

export interface StatusView {
  readonly source: StatusSource;
  readonly status: DeploymentStatus;
  readonly workflowId: string | null;
  readonly runId: string | null;
  /** Why a better source was not used; null where the best was. */
  readonly because: string | null;
  /** Who waits for the lock, in order; left out where nobody could be asked. */
  readonly line?: readonly LinePlace[];
  /** What it was asked for; left out where that could not be read. */
  readonly origin?: RunOrigin;
  /** The watcher's last look at the step in progress; left out where nobody watches. */
  readonly look?: WatchLook;
}

/** Times in epoch ms. */
export interface WatchLook {
  readonly atMs: number;
  /** Null: the watcher does not say. */
  readonly nextAtMs: number | null;
  /** What the candidate has answered in this step; null: the watcher does not say. */
  readonly stepRequests: number | null;
}

/** What describe, search attributes and (of a closed run) the result say. */
export function statusOfRun(
  run: RunDescription & { readonly deployment: string; readonly ref: ServiceRef },
  outcome: RunOutcome | null,
): DeploymentStatus {
  const { attributes } = run;
  const open: DeploymentStatus = {
    ...sparseStatus(run.deployment, run.ref),
    revision: attributes.revision,
    strategy: attributes.strategy,
    phase: attributes.phase ?? 'store',
    weights: weightsOf(attributes.trafficPercent),
    outcome: attributes.outcome,
    live: attributes.phase === 'warm' || attributes.phase === 'finish',
    initiator: attributes.initiator ?? '',
    startedAtMs: run.startedAtMs,
  };
  return run.state === 'running' ? open : closed(open, run, outcome);
}

function closed(
  open: DeploymentStatus,
  run: RunDescription,
  result: RunOutcome | null,
): DeploymentStatus {
  const phase: Phase = 'ended';
  const ended = { ...open, phase, live: false, endedAtMs: run.closedAtMs };
  if (result?.kind === 'outcome') {
    const { outcome, cause, revision, serving, leftBehind } = result.outcome;
    const stable = outcome === 'succeeded' ? null : serving;
    return { ...ended, outcome, cause, revision, stable, leftBehind };
  }
  const message = result?.message ?? 'its result was not read';
  return { ...ended, ...ENDS_WITHOUT_RESULT[run.state](message) };
}

type End = Pick<DeploymentStatus, 'outcome' | 'cause'>;

const ENDS_WITHOUT_RESULT: Readonly<Record<RunState, (message: string) => End>> = {
  running: (cause) => ({ outcome: null, cause }),
  completed: (cause) => ({ outcome: null, cause }),
  cancelled: (cause) => ({ outcome: 'cancelled', cause }),
  failed: (cause) => ({ outcome: 'rollback-incomplete', cause }),
  stopped: () => ({
    outcome: 'rollback-incomplete',
    cause: 'the run was terminated from outside, so that nothing was undone',
  }),
};

function weightsOf(candidate: number | null): ArmWeights | null {
  return candidate === null ? null : { stable: 100 - candidate, candidate };
}

import type { FollowResult } from '../client/index';
import { BelayError, ERROR_CODES } from '../domain/errors';
import { exitCodeOf, type Outcome } from '../domain/outcome';
import type { DeploymentStatus } from '../domain/status';

/** Every exit code of `belay`; docs/cli.md has the same table, and a test compares the two. */
export const EXIT_CODES = {
  0: 'succeeded (live), or the asked-for state is reached',
  1: 'internal error, or something that Belay needs does not answer',
  2: 'usage or configuration',
  3: 'rolled back: the previous revision serves',
  4: 'no good version serves fully: act now',
  5: 'refused or blocked before any effect, or rejected',
  6: 'waiting for a person',
  7: 'superseded or cancelled',
  8: 'not authorised',
  124: 'the wait is over; the deployment goes on',
  130: 'interrupted: a deployment goes on, checks end without a verdict',
} as const;

export type ExitCode = keyof typeof EXIT_CODES;

/** What an exception means for a script. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (!(error instanceof BelayError)) return 1;
  if (error.code === 'DECISION_REFUSED' && error.details['verification'] === 'refused') return 8;
  return ERROR_CODES[error.code].exitCode;
}

/** What CI gets from `deploy`: live counts as success. */
export function exitCodeOfFollow({ end, view }: FollowResult): ExitCode {
  switch (end) {
    case 'detached':
      return 130;
    case 'expired':
      return isWaitingForPerson(view?.status ?? null) ? 6 : 124;
    case 'reached':
      return view === null ? 1 : exitCodeOfStatus(view.status);
  }
}

/** What a person gets who asked for the way back: that nothing of the candidate serves is what they wanted. */
export function exitCodeOfUndo(result: FollowResult): ExitCode {
  const outcome = result.view?.status.outcome ?? null;
  if (result.end !== 'reached' || outcome === null) return exitCodeOfFollow(result);
  return EXIT_CODES_OF_UNDO[outcome];
}

const EXIT_CODES_OF_UNDO: Readonly<Record<Outcome, ExitCode>> = {
  'rolled-back': 0,
  cancelled: 0,
  rejected: 0,
  blocked: 0,
  superseded: 0,
  // It came too late: what it asked for did not happen.
  succeeded: 5,
  'rollback-incomplete': 4,
};

/** Ended without an outcome that could be read is an accident of ours, never a success. */
export function exitCodeOfStatus(status: DeploymentStatus): ExitCode {
  if (status.outcome !== null) {
    return exitCodeOf(status.outcome, { hasStable: status.stable !== null }) as ExitCode;
  }
  return status.phase === 'ended' ? 1 : 0;
}

function isWaitingForPerson(status: DeploymentStatus | null): boolean {
  return status?.waitingFor !== undefined && status.waitingFor !== null;
}

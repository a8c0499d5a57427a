import type { StatusView } from '../client/index';

/**
 * While no worker answers, Temporal knows little: what the workflow said last stays in sight, with what is certain now
 * on top of it.
 */
export function steadyView(before: StatusView | null, now: StatusView): StatusView {
  if (before === null || now.source === 'workflow') return now;
  const { phase, outcome, cause, live, endedAtMs, leftBehind } = now.status;
  if (phase !== 'ended') return { ...now, ...lookOf(before), status: { ...before.status, phase } };
  const end = { phase, outcome, cause, live, endedAtMs, leftBehind, waitingFor: null, step: null };
  return { ...now, status: { ...before.status, ...end } };
}

function lookOf({ look }: StatusView): Pick<StatusView, 'look'> {
  return look === undefined ? {} : { look };
}

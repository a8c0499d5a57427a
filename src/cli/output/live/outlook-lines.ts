import { hasEffects } from '../../../domain/phase';
import type { DeploymentStatus, StepStatus } from '../../../domain/status';
import { clock } from '../durations';
import { plain } from '../style';

/** Between when and when it is done by the limits of its watches, and what happens if it fails now. */
export function outlookLines(status: DeploymentStatus, nowMs: number): readonly string[] {
  if (status.outcome !== null || status.phase === 'rollback') return [];
  return [...doneLine(status, nowMs), ...failureLine(status)];
}

function doneLine(status: DeploymentStatus, nowMs: number): readonly string[] {
  const { live, phase, steps, waitingFor } = status;
  const phases: readonly string[] = live ? ['warm'] : ['rollout', 'verify'];
  const watches = steps.filter(({ phase: of, kind }) => kind === 'bake' && phases.includes(of));
  const spread = spreadOf(watches, nowMs);
  if (spread === null || phase === 'finish') return [];
  const { leastMs, longestMs } = spread;
  const goal = live ? 'undo window ends' : 'live';
  if (waitingFor !== null) {
    const span =
      leastMs === longestMs ? clock(leastMs) : `${clock(leastMs)} to ${clock(longestMs)}`;
    return [` done      ${goal} ${span} after ${afterWhat(waitingFor)}${live ? '' : RESTS_ON}`];
  }
  const [from, to] = [leastMs, longestMs].map((ms) => timeOfDay(nowMs + ms));
  const when = from === to ? `at ${from}` : `between ${from} and ${to}`;
  return [` done      ${goal} ${when} UTC${live ? '' : RESTS_ON}`];
}

/** Said, because starts, drains and questions have no part in it: no time is made up. */
const RESTS_ON = ', by the limits of its watches alone';

function afterWhat(waitingFor: string): string {
  switch (waitingFor) {
    case 'approval':
      return 'the approval';
    case 'resume':
      return 'it is resumed';
    case 'decision':
      return 'the decision';
    default:
      return plain(waitingFor);
  }
}

interface Spread {
  readonly leastMs: number;
  readonly longestMs: number;
}

/** What is left of the watches; null where none is left or one has no limits. */
function spreadOf(watches: readonly StepStatus[], nowMs: number): Spread | null {
  const open = watches.filter(({ state }) => state === 'to do' || state === 'doing');
  if (open.length === 0) return null;
  let [leastMs, longestMs] = [0, 0];
  for (const { limits, startedAtMs, state } of open) {
    if (limits === null) return null;
    const goneMs = state === 'doing' && startedAtMs !== null ? nowMs - startedAtMs : 0;
    leastMs += Math.max(0, limits.leastMs - goneMs);
    longestMs += Math.max(0, Math.max(limits.leastMs, limits.longestMs) - goneMs);
  }
  return { leastMs, longestMs };
}

function failureLine({ phase, undo }: DeploymentStatus): readonly string[] {
  const label = ' if it fails now: ';
  if (!hasEffects(phase) && phase !== 'ended') {
    return [`${label}nothing changes; no instance was started and no traffic moved`];
  }
  return undo === null || phase === 'finish' ? [] : [`${label}${plain(undo)}`];
}

function timeOfDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 19);
}

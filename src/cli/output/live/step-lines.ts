import { formatCounted } from '../../../domain/format/count';
import type { BakeLimits } from '../../../domain/rollout/strategy';
import type { DeploymentStatus, StepStatus } from '../../../domain/status';
import { clock } from '../durations';
import { mark, plain, wrap, type Mark, type Style } from '../style';
import type { ShownView } from './shown-view';
import { watchLines } from './watch-lines';

interface Drawing {
  readonly style: Style;
  readonly nowMs: number;
}

const INDENT = 15;

/** A step with its weight; the watch in progress with all that it sees. */
export function stepLines(
  step: StepStatus,
  view: ShownView,
  { style, nowMs }: Drawing,
): readonly string[] {
  const state = stateOf(step, view.status);
  const time = timeOf(step, view.status, nowMs);
  const head = `     ${mark(STEP_MARKS[state], style)} ${time.padStart(6)}  `;
  const line = `${head}${whatOf({ ...step, state })}`.trimEnd();
  const isWatched = state === 'doing' && step.kind === 'bake';
  return [
    ...wrap(line, style.columns, INDENT),
    ...(isWatched ? watchLines(step, view, { style, nowMs }) : []),
  ];
}

const STEP_MARKS: Readonly<Record<StepStatus['state'], Mark>> = {
  'to do': 'to do',
  doing: 'doing',
  done: 'done',
  failed: 'failed',
  undone: 'failed',
  skipped: 'to do',
};

/** The step that the way forward ended in was cut short: nobody works on it any more. */
function stateOf(step: StepStatus, status: DeploymentStatus): StepStatus['state'] {
  return step.state === 'doing' && isCutShort(step, status) ? 'failed' : step.state;
}

function isCutShort({ phase }: StepStatus, { outcome, phase: now }: DeploymentStatus): boolean {
  return phase !== 'rollback' && (outcome !== null || now === 'rollback');
}

/** A watch in progress says how long it may take at most. */
function timeOf(step: StepStatus, status: DeploymentStatus, nowMs: number): string {
  const { startedAtMs, endedAtMs, limits, state } = step;
  if (startedAtMs === null) return '';
  const cutAtMs = isCutShort(step, status) ? status.decidedAtMs : null;
  const took = clock((endedAtMs ?? cutAtMs ?? nowMs) - startedAtMs);
  const isGoingOn = state === 'doing' && cutAtMs === null;
  return limits === null || !isGoingOn ? took : `${took} / ${clock(limits.longestMs)}`;
}

function whatOf(step: StepStatus): string {
  const { candidateWeight, kind, limits, state, summary } = step;
  const note = noteOf(step);
  if (kind === 'bake' && limits !== null) {
    const text = note === '' ? limitsWord(limits, state) : note;
    return `watch ${weightWord(candidateWeight)}  ${text}`;
  }
  if (kind === 'shift' && candidateWeight !== null) {
    return `shift ${weightWord(candidateWeight)}  ${note}`;
  }
  return note === '' ? plain(summary) : `${plain(summary)}   ${note}`;
}

function noteOf({ result, state }: StepStatus): string {
  return plain(result ?? (state === 'undone' || state === 'skipped' ? state : ''));
}

function weightWord(candidateWeight: number | null): string {
  return candidateWeight === null ? '     ' : `${String(candidateWeight).padStart(3)} %`;
}

function limitsWord({ leastMs, longestMs, minimumRequests }: BakeLimits, state: string): string {
  if (state !== 'to do' && state !== 'doing') return '';
  const time = leastMs >= longestMs ? clock(longestMs) : `${clock(leastMs)} to ${clock(longestMs)}`;
  return minimumRequests === 0 ? time : `${time}, ${formatCounted(minimumRequests, 'request')}`;
}

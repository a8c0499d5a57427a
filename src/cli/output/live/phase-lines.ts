import type { CheckStatus } from '../../../domain/checks/check-summary';
import { formatCounted } from '../../../domain/format/count';
import type { DeploymentStatus, PhaseStatus, StepStatus } from '../../../domain/status';
import { clock } from '../durations';
import { mark, plain, type Mark, type Style } from '../style';
import type { ShownView } from './shown-view';
import { stepLines } from './step-lines';

/** One line a phase, those to come included, with its checks and steps below it. */
export function phaseLines(view: ShownView, style: Style, nowMs: number): readonly string[] {
  const { status, detail } = view;
  if (status.phases.length === 0) return sparsePhase(status, style);
  const begun = status.phases.flatMap((phase, index) => {
    const isLast = index === status.phases.length - 1;
    const isFolded = detail === 'current' && !isLast;
    return [
      phaseLine(status, index, { style, nowMs }),
      ...(isFolded ? [] : checksOf(status, phase, style)),
      ...stepsOf(view, phase.phase, { style, nowMs }),
    ];
  });
  return [...begun, ...phasesToCome(view, { style, nowMs })];
}

/** Without the workflow's own answer, only the phase is known. */
function sparsePhase({ phase, outcome }: DeploymentStatus, style: Style): readonly string[] {
  if (phase === 'ended') return [];
  return [` ${mark(outcome === null ? 'doing' : 'done', style)} ${phase}`];
}

interface Drawing {
  readonly style: Style;
  readonly nowMs: number;
}

function phaseLine(status: DeploymentStatus, index: number, { style, nowMs }: Drawing): string {
  const phase = status.phases[index];
  if (phase === undefined) return '';
  const took = clock((phase.endedAtMs ?? status.endedAtMs ?? nowMs) - phase.startedAtMs);
  const head = ` ${mark(phaseMark(status, index), style)} ${phase.phase.padEnd(10)} ${took.padStart(7)}`;
  return phase.result === null ? head : `${head}   ${plain(phase.result)}`;
}

function phaseMark(status: DeploymentStatus, index: number): Mark {
  const { outcome, phases, waitingFor } = status;
  const next = phases[index + 1];
  if (next !== undefined) return next.phase === 'rollback' ? 'failed' : 'done';
  const phase = phases[index];
  if (outcome !== null) return isWellEnded(phase, outcome) ? 'done' : 'failed';
  if (phase !== undefined && phase.endedAtMs !== null) return 'done';
  return waitingFor === null ? 'doing' : 'waiting';
}

/** A way back that is complete has done what it was for. */
function isWellEnded(phase: PhaseStatus | undefined, outcome: string): boolean {
  if (phase?.phase === 'rollback') return outcome !== 'rollback-incomplete';
  return outcome === 'succeeded';
}

function checksOf(
  { checks }: DeploymentStatus,
  { phase }: PhaseStatus,
  style: Style,
): readonly string[] {
  return checks
    .filter(({ check }) => phaseOfCheck(check) === phase)
    .map((check) => checkLine(check, style));
}

function phaseOfCheck(check: CheckStatus['check']): 'validate' | 'scan' {
  return check.startsWith('scanner/') ? 'scan' : 'validate';
}

const CHECK_MARKS: Readonly<Record<CheckStatus['state'], Mark>> = {
  waiting: 'to do',
  doing: 'doing',
  done: 'done',
  failed: 'failed',
};

function checkLine({ check, state, progress, result }: CheckStatus, style: Style): string {
  const name = check.slice(check.indexOf('/') + 1).padEnd(16);
  const far = progress === null ? '' : `${progress.done} of ${progress.total}`;
  return `     ${mark(CHECK_MARKS[state], style)} ${name} ${plain(result ?? far)}`.trimEnd();
}

function stepsOf(
  view: ShownView,
  phase: PhaseStatus['phase'],
  { style, nowMs }: Drawing,
): readonly string[] {
  const steps = view.status.steps.filter((step) => step.phase === phase);
  const isOver = ({ state }: StepStatus): boolean => state === 'done' || state === 'undone';
  const folded = view.detail === 'current' ? steps.filter(isOver) : [];
  const fold =
    folded.length === 0
      ? []
      : [`     ${mark('done', style)} ${formatCounted(folded.length, 'step')} done`];
  const shown = steps.filter((step) => !folded.includes(step));
  return [...fold, ...shown.flatMap((step) => stepLines(step, view, { style, nowMs }))];
}

/** What the plan still holds; after the end, nothing is to come. */
function phasesToCome(view: ShownView, drawing: Drawing): readonly string[] {
  const { phases, steps, outcome, phase: now } = view.status;
  if (outcome !== null || now === 'rollback') return [];
  const begun = new Set<string>(phases.map(({ phase }) => phase));
  const coming = [...new Set(steps.map(({ phase }) => phase))].filter((phase) => !begun.has(phase));
  return coming.flatMap((phase) => [
    ` ${mark('to do', drawing.style)} ${phase}`,
    ...(view.detail === 'current' ? [] : stepsOf(view, phase, drawing)),
  ]);
}

import type { StatusView } from '../../client/index';
import type { DecisionRecord } from '../../domain/approval/decision';
import type { Evidence } from '../../domain/analysis/verdict';
import { METRICS } from '../../domain/analysis/criterion';
import type { CheckStatus } from '../../domain/checks/check-summary';
import { shortDigest } from '../../domain/revision';
import type { DeploymentStatus, PhaseStatus, StepStatus } from '../../domain/status';
import { withoutKind } from './decision-answer';
import { clock, iso } from './durations';
import { placeText } from './line-text';
import { mark, paint, plain, wrap, type Mark, type Style } from './style';

/** The whole of one deployment, as people read it; the same with and without `--watch`. */
export function statusFrame(view: StatusView, style: Style, nowMs: number): readonly string[] {
  const { status } = view;
  return [
    heading(status, style, nowMs),
    paint(byLine(status), 'dim', style),
    '',
    ...phaseLines(status, style, nowMs),
    '',
    ...trafficLines(status, style),
    ...judgeLines(status, style),
    ...wordLines(view, style),
    ...lineLines(view, nowMs),
    ...nextLines(status, nowMs),
  ].flatMap((line) => wrap(line, style.columns));
}

function heading(status: DeploymentStatus, style: Style, nowMs: number): string {
  const took = clock((status.endedAtMs ?? nowMs) - status.startedAtMs);
  const strategy = status.strategy ?? '';
  const [word, tone] = stateWord(status);
  const name = paint(`${plain(status.service)} → ${plain(status.environment)}`, 'bold', style);
  const started = status.startedAtMs > 0 ? took : '';
  const parts = [name, paint(word, tone, style), started, revisionsWord(status), strategy];
  return asciiArrows(parts.filter((part) => part !== '').join('   '), style);
}

function stateWord(status: DeploymentStatus): readonly [string, 'good' | 'bad' | 'busy'] {
  if (status.outcome === 'succeeded') return ['SUCCEEDED', 'good'];
  if (status.outcome !== null) return [status.outcome.toUpperCase(), 'bad'];
  if (status.phase === 'rollback') return ['ROLLING BACK', 'bad'];
  if (status.waitingFor !== null) return [`WAITING FOR ${status.waitingFor.toUpperCase()}`, 'busy'];
  return status.live ? ['LIVE', 'good'] : ['RUNNING', 'busy'];
}

function revisionsWord({ stable, revision }: DeploymentStatus): string {
  if (revision === null) return '';
  const candidate = shortDigest(revision);
  return stable === null ? candidate : `${shortDigest(stable)} → ${candidate}`;
}

function byLine(status: DeploymentStatus): string {
  const plan = status.planDigest === null ? '' : ` · plan ${shortDigest(status.planDigest)}`;
  return `${status.deployment} · by ${plain(status.initiator)} (identity not verified)${plan}`;
}

function phaseLines(status: DeploymentStatus, style: Style, nowMs: number): readonly string[] {
  return status.phases.flatMap((phase, index) => {
    const isLast = index === status.phases.length - 1;
    const kind = phaseMark(status, phase, isLast);
    const took = clock((phase.endedAtMs ?? status.endedAtMs ?? nowMs) - phase.startedAtMs);
    const head = ` ${mark(kind, style)} ${phase.phase.padEnd(10)} ${took.padStart(7)}`;
    const line = phase.result === null ? head : `${head}   ${plain(phase.result)}`;
    const steps = status.steps.filter(({ phase: of }) => of === phase.phase);
    const checks = status.checks.filter(({ check }) => phaseOfCheck(check) === phase.phase);
    return [
      line,
      ...checks.map((check) => checkLine(check, style)),
      ...steps.flatMap((step) => stepLines(step, style, nowMs)),
    ];
  });
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

function phaseMark(status: DeploymentStatus, phase: PhaseStatus, isLast: boolean): Mark {
  if (!isLast) return 'done';
  if (status.outcome !== null) return status.outcome === 'succeeded' ? 'done' : 'failed';
  if (phase.endedAtMs !== null) return 'done';
  return status.waitingFor === null ? 'doing' : 'waiting';
}

const STEP_MARKS: Readonly<Record<StepStatus['state'], Mark>> = {
  'to do': 'to do',
  doing: 'doing',
  done: 'done',
  failed: 'failed',
  undone: 'failed',
  skipped: 'to do',
};

const STEP_INDENT = 15;

function stepLines(step: StepStatus, style: Style, nowMs: number): readonly string[] {
  const took = step.startedAtMs === null ? '' : clock((step.endedAtMs ?? nowMs) - step.startedAtMs);
  const note = step.result ?? (step.state === 'undone' ? 'undone' : '');
  const tail = note === '' ? '' : `   ${plain(note)}`;
  const head = `     ${mark(STEP_MARKS[step.state], style)} ${took.padStart(6)}`;
  return wrap(`${head}  ${plain(step.summary)}${tail}`, style.columns, STEP_INDENT);
}

const BAR_CELLS = 40;
/** The longest text beside the bar, so that they share a line. */
const BESIDE_BAR = ' traffic     candidate 66.67 %  stable 33.33 % (commanded)'.length;

function trafficLines(status: DeploymentStatus, style: Style): readonly string[] {
  const seen = status.observed ?? status.weights;
  if (seen === null) return [' traffic   untouched'];
  const [full, light] = style.unicode ? ['█', '░'] : ['#', '.'];
  const cells = Math.min(BAR_CELLS, Math.max(10, style.columns - BESIDE_BAR));
  const candidate = Math.round((seen.candidate / 100) * cells);
  const stable = Math.round((seen.stable / 100) * cells);
  const bar = full.repeat(candidate) + light.repeat(stable);
  const certainty = status.observed === null ? 'commanded' : 'observed';
  const share = `candidate ${round(seen.candidate)} %  stable ${round(seen.stable)} %`;
  return [` traffic   ${paint(bar, 'busy', style)}  ${share} (${certainty})`];
}

function judgeLines({ verdict, totals }: DeploymentStatus, style: Style): readonly string[] {
  if (verdict === null) return [];
  const tone = verdict.kind === 'harm' ? 'bad' : verdict.kind === 'safe' ? 'good' : 'busy';
  const counts =
    totals === null
      ? []
      : [
          ` counted   candidate ${totals.candidate.requests} requests, ${totals.candidate.errors} errors` +
            ` · stable ${totals.stable.requests}, ${totals.stable.errors}`,
        ];
  return [
    ` verdict   ${paint(verdict.kind, tone, style)}: ${plain(verdict.sentence.replace(/^Not yet: /, ''))}`,
    ...verdict.evidence.map(evidenceLine),
    ...counts,
  ];
}

function evidenceLine(evidence: Evidence): string {
  const unit = METRICS[evidence.metric].unit === 'percent' ? '%' : 'ms';
  const show = (value: number | null): string =>
    value === null ? 'none' : `${round(value)} ${unit}`;
  return (
    `     ${evidence.metric.padEnd(18)} ${show(evidence.value).padStart(10)}` +
    `   stable ${show(evidence.baseline)}   limit ${show(evidence.threshold)}` +
    `   n ${evidence.samples}   ${evidence.state}`
  );
}

function wordLines({ status, source, because }: StatusView, style: Style): readonly string[] {
  return [
    ...(status.cause === null ? [] : [` why       ${plain(status.cause)}`]),
    ...status.decisions.slice(-5).map(decisionLine),
    ...status.alerts.slice(-5).map((alert) => paint(` alert     ${plain(alert)}`, 'bad', style)),
    ...status.leftBehind.map((name) => paint(` left      ${plain(name)}`, 'bad', style)),
    ...status.notes.map((note) => paint(` note      ${plain(note)}`, 'dim', style)),
    ...(source === 'workflow' ? [] : [` source    ${source}: ${because ?? ''}`]),
  ];
}

/** Who waits for this one to end. */
function lineLines({ line = [] }: StatusView, nowMs: number): readonly string[] {
  return line.map((place) => ` in line   ${placeText(place, nowMs)}`);
}

function decisionLine(decision: DecisionRecord): string {
  const identity = decision.verification === 'verified' ? 'verified' : 'identity not verified';
  const actor = plain(decision.actor ?? 'unknown');
  return ` decision  ${decision.kind} by ${actor} (${identity}): ${plain(withoutKind(decision.sentence, decision.kind))}`;
}

function nextLines(status: DeploymentStatus, nowMs: number): readonly string[] {
  const name = `${status.service}/${status.environment}`;
  if (status.waitingFor === null) return [];
  const left = status.untilMs === null ? '' : `, ${clock(status.untilMs - nowMs)} left`;
  const otherwise =
    status.ifNothing === null ? '' : `; without an answer: ${plain(status.ifNothing)}`;
  const until = iso(status.untilMs);
  return [
    ` waits     for ${plain(status.waitingFor)}${until === null ? '' : ` until ${until}`}${left}${otherwise}`,
    ` next      ${answersTo(status, name)}`,
  ];
}

function answersTo({ waitingFor, deployment }: DeploymentStatus, name: string): string {
  switch (waitingFor) {
    case 'its turn':
      return `belay line ${name} · belay line leave ${deployment}`;
    case 'approval':
      return `belay approve ${name} · belay reject ${name}`;
    case 'resume':
      return `belay resume ${name} · belay rollback ${name}`;
    default:
      return `belay promote ${name} · belay rollback ${name}`;
  }
}

function asciiArrows(line: string, style: Style): string {
  return style.unicode ? line : line.replaceAll('→', '->');
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
